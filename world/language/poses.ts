import { type PoseName, poseNames } from "../scene.ts";

/** The words for what a figure does. */
interface PoseWords {
  /** In a caption: "a WAVING red knight", or "a red knight WITH BOTH ARMS UP". */
  readonly before?: string;
  readonly after?: string;
  /** "let the knight …" */
  readonly to: readonly string[];
  /** "the knight is … now" */
  readonly doing: readonly string[];
  /** Says to which side, for poses that look different from the left: "to the left". */
  readonly side?: "to the" | "facing";
}

export const poseWords: Readonly<Record<PoseName, PoseWords>> = {
  standing: {
    to: ["stand still", "stand", "stand up straight", "just stand there", "stand upright"],
    doing: ["standing", "standing still", "standing up straight", "just standing there"],
  },
  waving: {
    before: "waving",
    to: ["wave", "wave hello", "wave a hand", "wave at us", "raise one hand and wave"],
    doing: ["waving", "waving hello", "waving a hand", "waving at us"],
  },
  "arms up": {
    after: "with both arms up",
    to: ["raise both arms", "put both arms up", "put the hands up", "lift both arms", "throw both arms in the air"],
    doing: ["raising both arms", "with both arms up", "with both hands in the air", "holding both arms up"],
  },
  "arms out": {
    after: "with outstretched arms",
    to: ["stretch out both arms", "spread the arms wide", "hold both arms out to the sides", "do a t-pose"],
    doing: ["stretching out both arms", "with outstretched arms", "with arms spread wide", "in a t-pose"],
  },
  "hands on hips": {
    after: "with hands on hips",
    to: ["put both hands on the hips", "put hands on hips", "stand with hands on hips"],
    doing: ["with hands on hips", "standing with hands on hips", "putting both hands on the hips"],
  },
  pointing: {
    before: "pointing",
    to: ["point", "point with one arm", "point a finger"],
    doing: ["pointing", "pointing with one arm"],
    side: "to the",
  },
  sitting: {
    before: "sitting",
    to: ["sit down", "sit", "sit on the ground", "take a seat on the ground"],
    doing: ["sitting", "sitting down", "sitting on the ground", "seated"],
    side: "facing",
  },
  kneeling: {
    before: "kneeling",
    to: ["kneel", "kneel down", "go down on one knee", "drop to one knee"],
    doing: ["kneeling", "kneeling down", "on one knee", "down on one knee"],
    side: "facing",
  },
  running: {
    before: "running",
    to: ["run", "run fast", "sprint", "run along"],
    doing: ["running", "running fast", "sprinting"],
    side: "to the",
  },
  jumping: {
    before: "jumping",
    to: ["jump", "jump up", "jump in the air", "leap into the air", "hop"],
    doing: ["jumping", "jumping up", "jumping in the air", "leaping into the air"],
  },
  kicking: {
    before: "kicking",
    to: ["kick", "do a kick", "kick high", "kick with one leg"],
    doing: ["kicking", "doing a kick", "kicking high"],
    side: "to the",
  },
  dancing: {
    before: "dancing",
    to: ["dance", "dance on one leg", "do a dance", "start dancing"],
    doing: ["dancing", "dancing on one leg", "doing a dance"],
  },
  bowing: {
    before: "bowing",
    to: ["bow", "take a bow", "bow down", "bend over"],
    doing: ["bowing", "taking a bow", "bending over"],
    side: "to the",
  },
  lying: {
    before: "lying",
    to: ["lie down", "lie on the ground", "lie on the back", "lie flat on the ground"],
    doing: ["lying down", "lying on the ground", "lying on the back"],
  },
};

/** Poses other than standing still. */
export const actions: readonly PoseName[] = poseNames.filter((pose) => pose !== "standing");
