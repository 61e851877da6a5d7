import type { PoseName } from "../scene.ts";

/** A point in the 100 × 100 box of an object. */
export type Point = readonly [x: number, y: number];

/** The joints of a figure. "right" is the figure's own right as it faces the viewer: on the left of the picture. */
export const jointNames = [
  ...(["head", "neck"] as const),
  ...(["rightShoulder", "rightElbow", "rightWrist", "leftShoulder", "leftElbow", "leftWrist"] as const),
  ...(["rightHip", "rightKnee", "rightAnkle", "leftHip", "leftKnee", "leftAnkle"] as const),
] as const;
export type JointName = (typeof jointNames)[number];
export type Joints = Readonly<Record<JointName, Point>>;

/** Where everything of a figure's body is in one pose. */
export interface Body {
  readonly joints: Joints;
  /** Middle between the hips. */
  readonly hip: Point;
  /** How far the torso leans to the right of the picture, in degrees. */
  readonly lean: number;
  /** How far the head is tilted to the right, in degrees. */
  readonly tilt: number;
  readonly rightToe: Point;
  readonly leftToe: Point;
  /** Whether the legs hide the torso. */
  readonly legsInFront: boolean;
}

/** Two bones one after the other, as angles in degrees: 0 hangs down, 90 points to the right of the picture, 180 up. */
type Bones = readonly [number, number];

interface Angles {
  /** The middle of the hips; the height follows from what touches the ground. */
  readonly x?: number;
  readonly lean?: number;
  readonly tilt?: number;
  /** How far the lowest point is above the ground. */
  readonly lift?: number;
  readonly rightArm: Bones;
  readonly leftArm: Bones;
  readonly rightLeg: Bones;
  readonly leftLeg: Bones;
  /** Where the toes point: the right foot's, the left foot's. */
  readonly toes?: Bones;
  readonly legsInFront?: boolean;
}

const hangingRight: Bones = [-32, -14];
const hangingLeft: Bones = [32, 14];
const straight = { rightLeg: [-8, -4], leftLeg: [8, 4] } as const satisfies Partial<Angles>;

const angles: Readonly<Record<PoseName, Angles>> = {
  standing: { rightArm: hangingRight, leftArm: hangingLeft, ...straight },
  waving: { rightArm: hangingRight, leftArm: [112, 172], tilt: -6, ...straight },
  "arms up": { rightArm: [-118, -168], leftArm: [118, 168], ...straight },
  "arms out": { rightArm: [-90, -90], leftArm: [90, 90], ...straight },
  "hands on hips": { rightArm: [-58, 42], leftArm: [58, -42], rightLeg: [-16, -10], leftLeg: [16, 10] },
  pointing: { rightArm: [-58, 42], leftArm: [94, 94], tilt: 5, ...straight, toes: [-90, 90] },
  sitting: {
    x: 40,
    lean: -14,
    tilt: -4,
    rightArm: [-52, -22],
    leftArm: [52, 80],
    rightLeg: [92, 88],
    leftLeg: [138, 24],
    toes: [165, 90],
    legsInFront: true,
  },
  kneeling: {
    x: 48,
    rightArm: [-40, -10],
    leftArm: [48, 76],
    rightLeg: [-12, -88],
    leftLeg: [84, 2],
    toes: [-60, 90],
  },
  running: {
    x: 47,
    lean: 14,
    tilt: 8,
    lift: 3,
    rightArm: [-68, 14],
    leftArm: [50, 128],
    rightLeg: [-38, -92],
    leftLeg: [74, 4],
    toes: [-20, 100],
  },
  jumping: {
    lift: 13,
    rightArm: [-116, -142],
    leftArm: [116, 142],
    rightLeg: [-58, 2],
    leftLeg: [58, -2],
    toes: [-50, 50],
  },
  kicking: {
    x: 44,
    lean: -14,
    tilt: -8,
    rightArm: [-98, -66],
    leftArm: [70, 40],
    rightLeg: [-2, 2],
    leftLeg: [94, 98],
    toes: [90, 160],
  },
  dancing: {
    lean: -5,
    tilt: -10,
    rightArm: [-76, -104],
    leftArm: [120, 204],
    rightLeg: [-3, 3],
    leftLeg: [66, -58],
    toes: [-90, -20],
  },
  bowing: {
    x: 36,
    lean: 66,
    tilt: 58,
    rightArm: [-84, -60],
    leftArm: [8, 24],
    rightLeg: [-8, -6],
    leftLeg: [6, 6],
    toes: [90, 90],
  },
  lying: {
    x: 52,
    // Skirts and capes reach below the back.
    lift: 4,
    lean: -88,
    tilt: -74,
    rightArm: [62, 88],
    leftArm: [112, 84],
    rightLeg: [90, 90],
    leftLeg: [136, 40],
    toes: [170, 96],
  },
};

/** Lengths of the bones and half widths, in units. */
const length = {
  ...{ torso: 25, head: 12, shoulders: 10, hips: 6.5 },
  ...{ upperArm: 14.5, forearm: 14, thigh: 16, shin: 15, foot: 6 },
} as const;
/** Half the thickness of what rests on the ground: feet and knees, seats and backs, with their contours. */
const [thinRest, thickRest] = [6, 9];
const ground = 99;

const along = ([x, y]: Point, angle: number, distance: number): Point => [
  x + Math.sin((angle * Math.PI) / 180) * distance,
  y + Math.cos((angle * Math.PI) / 180) * distance,
];

/** Puts a body together from its angles, with its lowest point on the ground. */
function bodyOf(pose: Angles): Body {
  const { x = 50, lean = 0, tilt = lean, lift = 0, toes = [-80, 80], legsInFront = false } = pose;
  const build = (hip: Point): Body => {
    const neck = along(hip, 180 - lean, length.torso);
    const collar = along(neck, -lean, 3);
    const rightShoulder = along(collar, -90 - lean, length.shoulders);
    const leftShoulder = along(collar, 90 - lean, length.shoulders);
    const rightHip = along(hip, -90 - lean, length.hips);
    const leftHip = along(hip, 90 - lean, length.hips);
    const bones = (from: Point, [upper, lower]: Bones, upperLength: number, lowerLength: number) => {
      const middle = along(from, upper, upperLength);
      return [middle, along(middle, lower, lowerLength)] as const;
    };
    const [rightElbow, rightWrist] = bones(rightShoulder, pose.rightArm, length.upperArm, length.forearm);
    const [leftElbow, leftWrist] = bones(leftShoulder, pose.leftArm, length.upperArm, length.forearm);
    const [rightKnee, rightAnkle] = bones(rightHip, pose.rightLeg, length.thigh, length.shin);
    const [leftKnee, leftAnkle] = bones(leftHip, pose.leftLeg, length.thigh, length.shin);
    return {
      joints: {
        head: along(neck, 180 - tilt, length.head),
        ...{ neck, rightShoulder, rightElbow, rightWrist, leftShoulder, leftElbow, leftWrist },
        ...{ rightHip, rightKnee, rightAnkle, leftHip, leftKnee, leftAnkle },
      },
      ...{ hip, lean, tilt, legsInFront },
      rightToe: along(rightAnkle, toes[0], length.foot),
      leftToe: along(leftAnkle, toes[1], length.foot),
    };
  };
  const { joints, rightToe, leftToe } = build([x, 0]);
  const thin = [joints.rightKnee, joints.leftKnee, joints.rightAnkle, joints.leftAnkle, rightToe, leftToe];
  const thick = [joints.rightHip, joints.leftHip, joints.rightShoulder];
  const lowest = Math.max(...thin.map(([, y]) => y + thinRest), ...thick.map(([, y]) => y + thickRest));
  return build([x, ground - lift - lowest]);
}

/** The body in every pose. */
export const bodies = Object.fromEntries(
  Object.entries(angles).map(([name, pose]) => [name, bodyOf(pose)]),
) as Readonly<Record<PoseName, Body>>;
