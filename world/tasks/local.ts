import { backgroundOf } from "../backgrounds/index.ts";
import { colorNames } from "../colors.ts";
import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { canName, naming } from "../language/describe.ts";
import { article, type Slots, type Templates } from "../language/grammar.ts";
import { actions, poseWords } from "../language/poses.ts";
import { kindOf, kinds } from "../objects/index.ts";
import { byDepth, fits, habitatFor, habitatIn, hasRoom } from "../placement.ts";
import type { Random } from "../random.ts";
import { sampleColor, sampleScene } from "../sampleScene.ts";
import { moods, type Scene, type SceneObject } from "../scene.ts";
import { absentThings } from "./absent.ts";
import { focus } from "./focus.ts";
import { type Edit, replaced, type Split, type WorldTask } from "./WorldTask.ts";

/** A changed object with the words for the change. */
interface Change {
  readonly object: SceneObject;
  readonly templates: Templates;
  readonly slots: Slots;
  readonly kinds: readonly string[];
  readonly facing?: string;
}

const figures = kinds
  .filter((each) => each.poses && !heldOutObjects.local?.includes(each.name))
  .map((each) => each.name);

export const local: WorldTask = {
  name: "local",
  largestShare: 0.6,
  propose(random, split) {
    // Figures are a tenth of all objects and have many poses to learn.
    const acts = split === "train" && random.chance(0.14);
    const wish = acts ? { kind: random.pick(figures) } : focus(random, split, heldOutObjects.local, heldOutColors);
    const source = sampleScene(random, wish);
    return changeIn(random, source, split, { wished: wish.kind, acts });
  },
  besides: absentThings("local", (random, kind) => {
    const other = random.pick(kinds.filter((each) => each !== kind && !heldOutObjects.local?.includes(each.name)));
    const [color, hatColor] = [sampleColor(random, other), random.pick(colorNames)];
    const feeling = random.pick(moods);
    return random.weighted([
      [{ templates: swapTemplates, slots: { new: article(`${color} ${other.name}`) } }, 5],
      [{ templates: biggerTemplates, slots: {} }, 1],
      [{ templates: smallerTemplates, slots: {} }, 1],
      [{ templates: flipTemplates, slots: {} }, 0.7],
      [{ templates: hatTemplates, slots: { hat: `${article(hatColor)} hat` } }, kind.head ? 1.3 : 0],
      [{ templates: moodTemplates, slots: { mood: (each) => each.pick(moodWords[feeling]) } }, kind.face ? 1.3 : 0],
    ] satisfies [Pick<Edit, "templates" | "slots">, number][]);
  }),
};

/**
 * Replaces something in a scene, or changes its size, side, hat, mood or pose.
 * @param wished only of this kind @param acts changes the pose, where there is one
 */
export function changeIn(
  random: Random,
  source: Scene,
  split: Split,
  { wished, acts = false }: { readonly wished?: string | undefined; readonly acts?: boolean } = {},
): Edit | undefined {
  const index = wished ? source.objects.findIndex((each) => each.kind === wished) : random.int(source.objects.length);
  const object = source.objects[index];
  if (!object || !canName(source, index)) return undefined;
  const poses = kindOf(object.kind).poses;
  const make = random.weighted([
    [act, acts && poses ? 100 : poses ? 6 : 0],
    [swap, 5],
    [resize, 1.6],
    [turn, 1.3],
    [hat, 1.3],
    [mood, 1.3],
    [flip, 0.7],
  ] as const);
  const change = make(random, source, index, object, split);
  if (!change || !hasRoom(source, change.object, index, !hasRoom(source, object, index))) return undefined;
  return {
    source,
    target: { ...source, objects: byDepth(replaced(source.objects, index, change.object)) },
    templates: change.templates,
    slots: { obj: naming(source, index), ...change.slots },
    compositions: change.kinds.map((kind) => objectKey("local", kind)),
    ...(change.facing ? { targetCaption: (caption: string) => `${caption}, ${change.facing}` } : {}),
  };
}

/** Another kind in the same place: same foot, same relative size, same side; its own colour unless one is named. */
function swap(random: Random, scene: Scene, _index: number, object: SceneObject, split: Split): Change | undefined {
  const place = backgroundOf(scene.background);
  const habitat = habitatIn(scene, object);
  const others = kinds.filter(
    (each) =>
      each.name !== object.kind &&
      fits(each, place) &&
      habitatFor(each, place) === habitat &&
      !scene.objects.some((other) => other.kind === each.name) &&
      (split === "benchmark" || !heldOutObjects.local?.includes(each.name)),
  );
  if (others.length === 0) return undefined;
  const kind = random.pick(others);
  const named = random.chance(0.6);
  const color = named ? sampleColor(random, kind) : kind.color;
  return {
    object: {
      kind: kind.name,
      color,
      finish: "plain",
      x: object.x,
      y: object.y,
      scale: object.scale,
      flipped: (kind.sideways === true || kind.poses !== undefined) && object.flipped,
      ...(kind.poses && object.pose ? { pose: object.pose } : {}),
      ...(kind.face ? { mood: "happy" as const } : {}),
    },
    templates: swapTemplates,
    slots: {
      new: (each) => {
        const word = kind.synonyms && each.chance(0.1) ? each.pick(kind.synonyms) : kind.name;
        return article(named ? `${color} ${word}` : word);
      },
    },
    kinds: [object.kind, kind.name],
  };
}

function resize(random: Random, _scene: Scene, _index: number, object: SceneObject): Change {
  const bigger = random.chance(0.55);
  return {
    object: { ...object, scale: object.scale * (bigger ? 1.45 : 0.62) },
    templates: bigger ? biggerTemplates : smallerTemplates,
    slots: {},
    kinds: [object.kind],
    facing: `with the ${object.kind} ${bigger ? "bigger" : "smaller"}`,
  };
}

function turn(_random: Random, _scene: Scene, _index: number, object: SceneObject): Change | undefined {
  if (!kindOf(object.kind).sideways) return undefined;
  const side = object.flipped ? "right" : "left";
  return {
    object: { ...object, flipped: !object.flipped },
    templates: turnTemplates,
    slots: { side },
    kinds: [object.kind],
    facing: `with the ${object.kind} facing ${side}`,
  };
}

function hat(random: Random, _scene: Scene, _index: number, object: SceneObject): Change | undefined {
  if (!kindOf(object.kind).head) return undefined;
  if (object.hat) {
    const { hat: color, ...bare } = object;
    return { object: bare, templates: noHatTemplates, slots: { color }, kinds: [object.kind] };
  }
  const color = random.pick(colorNames);
  return {
    object: { ...object, hat: color },
    templates: hatTemplates,
    slots: { hat: `${article(color)} hat` },
    kinds: [object.kind],
  };
}

/** What a figure does instead: to the right of the picture, if it has a side and none is named. */
function act(random: Random, _scene: Scene, _index: number, object: SceneObject): Change | undefined {
  if (!kindOf(object.kind).poses) return undefined;
  const { pose: before = "standing", ...still } = object;
  const next = random.chance(0.15) ? "standing" : random.pick(actions);
  if (next === before) return undefined;
  const words = poseWords[next];
  const side = words.side && random.chance(0.5) ? random.pick(["left", "right"]) : undefined;
  const where = side && words.side ? ` ${words.side} ${side}` : "";
  return {
    object: { ...still, ...(next === "standing" ? {} : { pose: next }), flipped: side === "left" },
    templates: poseTemplates,
    slots: { do: (each) => each.pick(words.to) + where, doing: (each) => each.pick(words.doing) + where },
    kinds: [object.kind],
  };
}

const moodWords = {
  happy: ["happy", "cheerful", "smiling"],
  sad: ["sad", "unhappy", "gloomy"],
  surprised: ["surprised", "astonished", "shocked"],
  sleepy: ["asleep", "sleepy", "tired"],
} as const;

function mood(random: Random, _scene: Scene, _index: number, object: SceneObject): Change | undefined {
  if (!kindOf(object.kind).face) return undefined;
  const next = random.pick(moods.filter((each) => each !== (object.mood ?? "happy")));
  return {
    object: { ...object, mood: next },
    templates: moodTemplates,
    slots: { mood: (each) => each.pick(moodWords[next]) },
    kinds: [object.kind],
  };
}

function flip(_random: Random, _scene: Scene, _index: number, object: SceneObject): Change | undefined {
  if (object.hat) return undefined;
  return { object: { ...object, upsideDown: true }, templates: flipTemplates, slots: {}, kinds: [object.kind] };
}

const swapTemplates: Templates = {
  train: [
    "replace <obj> with <new>",
    "replace <obj> by <new>",
    "(swap|exchange) <obj> for <new>",
    "swap <obj> with <new>",
    "change <obj> (to|into) <new>",
    "turn <obj> into <new>",
    "make <obj> <new>",
    "transform <obj> into <new>",
    "put <new> (where <obj> is|in place of <obj>)",
    "put <new> there instead of <obj>",
    "=<new> instead of <obj>",
    "=i want <new> instead of <obj>",
    "=<obj> should be <new>",
    "=<obj> should become <new>",
    "=what if <obj> (was|were) <new>",
    "=there should be <new> where <obj> is",
    "substitute <new> for <obj>",
    "let <obj> become <new>",
    "convert <obj> to <new>",
    "=i'd (rather|prefer to) see <new> than <obj>",
  ],
  heldOut: [
    "have <new> take the place of <obj>",
    "=<obj> out, <new> in",
    "trade <obj> for <new>",
    "=where <obj> is i'd like to see <new>",
  ],
};

const biggerTemplates: Templates = {
  train: [
    "make <obj> (bigger|larger)",
    "make <obj> (a lot|much) (bigger|larger)",
    "enlarge <obj>",
    "increase the size of <obj>",
    "scale <obj> up",
    "=<obj> should be (bigger|larger)",
    "=<obj> is too small, make it (bigger|larger)",
    "grow <obj>",
    "=i want a bigger version of <obj>",
    "blow <obj> up in size",
    "let <obj> be bigger",
    "change the size of <obj> to large",
    "=<obj> is too (small|tiny)",
    "resize <obj>, bigger",
    "make <obj> huge",
  ],
  heldOut: ["upsize <obj>", "=<obj> could do with more size"],
};

const smallerTemplates: Templates = {
  train: [
    "make <obj> smaller",
    "make <obj> (a lot|much) smaller",
    "shrink <obj>",
    "reduce the size of <obj>",
    "scale <obj> down",
    "=<obj> should be smaller",
    "=<obj> is too (big|large), make it smaller",
    "=i want a smaller version of <obj>",
    "make <obj> (tiny|small|little)",
    "let <obj> be smaller",
    "change the size of <obj> to small",
    "=<obj> is too (big|large)",
    "resize <obj>, smaller",
    "let <obj> shrink",
    "make <obj> less big",
  ],
  heldOut: ["downsize <obj>", "=<obj> takes up too much space, shrink it"],
};

const turnTemplates: Templates = {
  train: [
    "turn <obj> around",
    "make <obj> (face|look) (to the|) <side>",
    "flip <obj> horizontally",
    "mirror <obj>",
    "turn <obj> to the <side>",
    "=<obj> should (face|look) (to the|) <side>",
    "let <obj> look (to the|) <side>",
    "point <obj> to the <side>",
    "make <obj> (face|look) the other (way|direction)",
    "rotate <obj> so it faces <side>",
    "have <obj> face <side>",
    "=<obj> (is looking|looks) the wrong way, turn it around",
    "flip <obj> so that it looks <side>",
    "=i want <obj> to (face|look) <side>",
    "reverse <obj>",
  ],
  heldOut: ["spin <obj> round to the <side>", "=<obj> ought to be heading <side>"],
};

const hatTemplates: Templates = {
  train: [
    "put <hat> on <obj>",
    "give <obj> <hat>",
    "add <hat> to <obj>",
    "make <obj> wear <hat>",
    "=<obj> should wear <hat>",
    "=<obj> needs <hat>",
    "place <hat> on (top of|the head of) <obj>",
    "let <obj> wear <hat>",
    "dress <obj> (up|) with <hat>",
    "=i want <obj> (to wear|with) <hat>",
    "=<obj> would look good (in|with) <hat>",
    "draw <hat> on <obj>",
    "set <hat> on <obj>",
    "=how about <hat> for <obj>",
    "have <obj> wear <hat>",
  ],
  heldOut: ["pop <hat> on <obj>", "=<obj> looks cold, give it <hat>"],
};

const noHatTemplates: Templates = {
  train: [
    "take the <color> hat off <obj>",
    "take off the hat of <obj>",
    "remove the hat from <obj>",
    "=<obj> should not wear a hat",
    "make <obj> take off its hat",
    "=no hat on <obj>",
    "=<obj> without (a|the) hat",
    "delete the hat of <obj>",
    "get rid of the hat on <obj>",
    "make <obj> bareheaded",
    "let <obj> take the hat off",
    "erase the hat on <obj>",
    "=i don't want a hat on <obj>",
    "remove the <color> hat from <obj>",
    "=<obj> looks better without the hat",
  ],
  heldOut: ["whip the hat off <obj>", "=<obj> does not need that hat"],
};

const moodTemplates: Templates = {
  train: [
    "make <obj> (look|) <mood>",
    "make <obj> look <mood>",
    "=<obj> should (look|be) <mood>",
    "let <obj> (look|be) <mood>",
    "give <obj> a <mood> face",
    "change the expression of <obj> to <mood>",
    "change <obj>'s (face|expression) to <mood>",
    "=i want <obj> to (look|be) <mood>",
    "=<obj> is <mood> now",
    "turn <obj> <mood>",
    "draw <obj> with a <mood> face",
    "have <obj> look <mood>",
    "=what if <obj> was <mood>",
    "=can <obj> be <mood>",
    "change the mood of <obj> to <mood>",
  ],
  heldOut: ["=<obj> could look more <mood>", "put a <mood> expression on <obj>"],
};

const poseTemplates: Templates = {
  train: [
    "make <obj> <do>",
    "make <obj> <do>",
    "let <obj> <do>",
    "have <obj> <do>",
    "get <obj> to <do>",
    "tell <obj> to <do>",
    "ask <obj> to <do>",
    "show <obj> <doing>",
    "draw <obj> <doing>",
    "change the pose of <obj>: <doing>",
    "change the pose of <obj> so that it is <doing>",
    "pose <obj> <doing>",
    "repaint <obj> <doing>",
    "=<obj> should <do>",
    "=<obj> should be <doing>",
    "=<obj> is <doing> now",
    "=<obj> <doing>",
    "=i want <obj> to <do>",
    "=i want to see <obj> <doing>",
    "=i'd like <obj> to be <doing>",
    "=what if <obj> was <doing>",
    "=could <obj> <do>",
    "=can <obj> <do>",
    "=<obj> has to <do>",
    "=how about <obj> <doing>",
    "=new pose for <obj>: <doing>",
  ],
  heldOut: [
    "switch <obj>'s pose to <doing>",
    "=it is time for <obj> to <do>",
    "=<obj> looks better <doing>",
    "redo <obj>, this time <doing>",
  ],
};

const flipTemplates: Templates = {
  train: [
    "turn <obj> upside down",
    "flip <obj> (vertically|upside down)",
    "make <obj> stand on its head",
    "put <obj> upside down",
    "=<obj> should be upside down",
    "turn <obj> on its head",
    "turn <obj> so that its top is at the bottom",
    "make <obj> upside-down",
    "let <obj> be upside down",
    "=i want <obj> upside down",
    "invert <obj> vertically",
    "draw <obj> upside down",
    "=what if <obj> was upside down",
    "flip <obj> over",
    "tip <obj> over onto its top",
  ],
  heldOut: ["stand <obj> on its head", "=<obj> belongs the wrong way up"],
};
