import { Path2D } from "@napi-rs/canvas";
import { poseNames } from "../scene.ts";
import {
  box,
  circle,
  type Fill,
  type Form,
  fixed,
  type Kind,
  limb,
  main,
  oval,
  type Part,
  polygon,
  shade,
  spot,
} from "./Kind.ts";
import { type Body, bodies, type Point } from "./poses.ts";

/** How a figure is dressed. Heads are drawn around (0, 0), torsos upwards from the middle of the hips at (0, 0). */
interface Dress {
  readonly skin: `#${string}`;
  readonly sleeves: Fill;
  /** What is below the elbows; the sleeves by default. */
  readonly forearms?: Fill;
  readonly gloves?: Fill;
  readonly legs: Fill;
  readonly shoes: Fill;
  /** Thickness of the arms and the legs; 8.5 and 9.5 by default. */
  readonly limbs?: readonly [number, number];
  /** Behind everything: a cape, a backpack. */
  readonly back?: readonly Part[];
  readonly torso: readonly Part[];
  /** Behind the head: long hair. */
  readonly nape?: readonly Part[];
  /** The head's own shape, then what lies on it. */
  readonly head: readonly Part[];
  /** Whether a hat fits on the head. */
  readonly bare?: boolean;
}

const headRadius = 15;

/** A part moved to a point and turned to the right by an angle in degrees. */
function placed(part: Part, [e, f]: Point, degrees: number): Part {
  const angle = (degrees * Math.PI) / 180;
  const [a, b] = [Math.cos(angle), Math.sin(angle)];
  // `transform` changes a path in place.
  const path = new Path2D(part.path).transform({ a, b, c: -b, d: a, e, f });
  return { ...part, path };
}

const through = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");

function formIn(dress: Dress, body: Body): Form {
  const { joints, hip, lean, tilt, legsInFront } = body;
  const [armWidth, legWidth] = dress.limbs ?? [8.5, 9.5];
  const [headX, headY] = joints.head;
  const [sin, cos] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)];
  const leg = (hipJoint: Point, knee: Point, ankle: Point, toe: Point): Part[] => [
    limb(dress.shoes, legWidth - 0.5, through([ankle, toe])),
    limb(dress.legs, legWidth, through([hipJoint, knee, ankle])),
  ];
  const arm = (shoulder: Point, elbow: Point, wrist: Point): Part[] => [
    ...(dress.forearms ? [limb(dress.forearms, armWidth - 1, through([elbow, wrist]))] : []),
    limb(dress.sleeves, armWidth, through(dress.forearms ? [shoulder, elbow] : [shoulder, elbow, wrist])),
    limb(dress.gloves ?? dress.skin, armWidth, through([wrist, [wrist[0], wrist[1] + 0.01]])),
  ];
  const legs = [
    ...leg(joints.rightHip, joints.rightKnee, joints.rightAnkle, body.rightToe),
    ...leg(joints.leftHip, joints.leftKnee, joints.leftAnkle, body.leftToe),
  ];
  return {
    parts: [
      ...(dress.back ?? []).map((part) => placed(part, hip, lean)),
      ...(legsInFront ? [] : legs),
      ...(dress.nape ?? []).map((part) => placed(part, joints.head, tilt)),
      ...dress.torso.map((part) => placed(part, hip, lean)),
      ...(legsInFront ? legs : []),
      ...arm(joints.rightShoulder, joints.rightElbow, joints.rightWrist),
      ...arm(joints.leftShoulder, joints.leftElbow, joints.leftWrist),
      ...dress.head.map((part) => placed(part, joints.head, tilt)),
    ],
    face: { x: headX - 2 * sin, y: headY + 2 * cos, width: 27, tilt, dark: true },
    ...(dress.bare ? { head: { x: headX + headRadius * sin, y: headY - headRadius * cos, width: 28, tilt } } : {}),
    joints,
  };
}

function figure(kind: Omit<Kind, keyof Form | "poses" | "habitats" | "size" | "indoor">, dress: Dress): Kind {
  const poses = Object.fromEntries(poseNames.map((pose) => [pose, formIn(dress, bodies[pose])])) as NonNullable<
    Kind["poses"]
  >;
  return { ...kind, habitats: ["ground"], size: 0.52, indoor: true, ...poses.standing, poses };
}

const shirt = "M-8 -26C-13 -26 -14 -20 -13 -14L-11 1C-10 5 10 5 11 1L13 -14C14 -20 13 -26 8 -26Z";
const ball = circle(0, 0, headRadius);

export const child = figure(
  { name: "child", synonyms: ["kid"], color: "orange" },
  {
    skin: "#f6c79c",
    sleeves: "main",
    forearms: "#f6c79c",
    legs: "#3d4c86",
    shoes: "#a8332f",
    bare: true,
    torso: [main(shirt)],
    head: [
      fixed("#f6c79c", ball),
      fixed(
        "#7a4321",
        "M-15.5 3C-19 -14 -9 -19 0 -19C9 -19 19 -14 15.5 3C13 -1 12 -5 11 -8C6 -5 -2 -5 -6 -9C-8 -6 -12 -3 -15.5 3Z",
      ),
    ],
  },
);

export const dancer = figure(
  { name: "dancer", synonyms: ["ballerina"], color: "pink" },
  {
    skin: "#c68a5a",
    sleeves: "#c68a5a",
    legs: "#f3d9d4",
    shoes: "main",
    limbs: [8, 8.5],
    bare: true,
    nape: [fixed("#33231f", circle(0, -17, 7.5))],
    torso: [
      main("M-7 -25C-11 -25 -11 -18 -10 -12L-8 -4L8 -4L10 -12C11 -18 11 -25 7 -25Z"),
      main(
        "M-8 -8L8 -8C16 -6 23 -1 25 4C21 8 18 4 15 7C11 10 9 6 5 8C2 10 -2 10 -5 8C-9 6 -11 10 -15 7C-18 4 -21 8 -25 4C-23 -1 -16 -6 -8 -8Z",
      ),
    ],
    head: [
      fixed("#c68a5a", ball),
      fixed("#33231f", "M-15.5 2C-18 -12 -9 -18 0 -18C9 -18 18 -12 15.5 2C13 -6 7 -10 0 -11C-7 -10 -13 -6 -15.5 2Z"),
    ],
  },
);

export const astronaut = figure(
  { name: "astronaut", color: "white" },
  {
    skin: "#8c93a8",
    sleeves: "main",
    gloves: "#6d7590",
    legs: "main",
    shoes: "#6d7590",
    limbs: [10, 11],
    back: [fixed("#8c93a8", box(-16, -27, 32, 24, 5))],
    torso: [
      main("M-9 -26C-15 -26 -15 -20 -15 -14L-13 2C-12 6 12 6 13 2L15 -14C15 -20 15 -26 9 -26Z"),
      fixed("#f04848", circle(-4, -9, 2)),
      fixed("#3f86f0", circle(4, -9, 2)),
    ],
    head: [main(circle(0, 0, 18)), fixed("#cdebff", oval(0, 1, 14, 12))],
  },
);

export const knight = figure(
  { name: "knight", color: "blue" },
  {
    skin: "#f0c39c",
    sleeves: "#a9b2c3",
    gloves: "#737d92",
    legs: "#a9b2c3",
    shoes: "#737d92",
    limbs: [9, 10],
    nape: [main("M-2 -12C-12 -20 -12 -32 0 -36C10 -36 16 -30 14 -22C8 -26 4 -20 4 -12Z")],
    torso: [
      main("M-9 -26C-14 -26 -14 -20 -13 -14L-14 7L14 7L13 -14C14 -20 14 -26 9 -26Z"),
      fixed("#ffd83a", polygon(0, -20, 7, -10, 0, 0, -7, -10)),
    ],
    head: [
      fixed("#a9b2c3", circle(0, 0, 17)),
      fixed("#f0c39c", "M-12.5 -4C-12.5 -7 12.5 -7 12.5 -4C13 8 8 14 0 14C-8 14 -13 8 -12.5 -4Z"),
    ],
  },
);

export const wizard = figure(
  { name: "wizard", synonyms: ["sorcerer"], color: "purple" },
  {
    skin: "#f6cfae",
    sleeves: "main",
    legs: "#4a3d63",
    shoes: "#6b4426",
    limbs: [10, 9],
    torso: [main("M-8 -26C-13 -26 -13 -20 -13 -14L-17 9C-10 13 10 13 17 9L13 -14C13 -20 13 -26 8 -26Z")],
    head: [
      fixed("#f6cfae", ball),
      fixed("#f4f3ee", "M-15.5 2C-13 10 -8 13 0 13C8 13 13 10 15.5 2C18 14 9 24 0 32C-9 24 -18 14 -15.5 2Z"),
      main("M-15 -8C-8 -22 -6 -32 6 -42C8 -30 10 -20 15 -8Z"),
      shade("M-22 -7C-12 -13 12 -13 22 -7C12 -3 -12 -3 -22 -7Z"),
      spot("#ffe14a", polygon(1, -28, 3, -22, 9, -22, 4, -18, 6, -12, 1, -16, -4, -12, -2, -18, -7, -22, -1, -22)),
    ],
  },
);

export const king = figure(
  { name: "king", color: "red" },
  {
    skin: "#e8b48a",
    sleeves: "main",
    gloves: "#fffaf0",
    legs: "#fffaf0",
    shoes: "#7a4a24",
    back: [shade("M-9 -26L9 -26C16 -14 21 -2 22 9C12 14 -12 14 -22 9C-21 -2 -16 -14 -9 -26Z")],
    torso: [main(shirt), fixed("#fffaf0", "M-12 -27C-6 -20 6 -20 12 -27L14 -20C6 -13 -6 -13 -14 -20Z")],
    head: [
      fixed("#e8b48a", ball),
      fixed("#6b3a1c", "M-15.5 0C-13 8 -8 12.5 0 12.5C8 12.5 13 8 15.5 0C20 13 10 21 0 21C-10 21 -20 13 -15.5 0Z"),
      fixed("#ffd23f", "M-14 -7L-17 -24L-8 -16L0 -27L8 -16L17 -24L14 -7C8 -10 -8 -10 -14 -7Z"),
    ],
  },
);
