import { kindOf } from "../objects/index.ts";
import { formOf } from "../objects/Kind.ts";
import { type JointName, type Joints, jointNames, type Point } from "../objects/poses.ts";
import { habitatIn } from "../placement.ts";
import { pictureOn, squareOf } from "../render/renderScene.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { clearContext } from "./drawMap.ts";
import type { MapRenderer } from "./MapRenderer.ts";

/** A limb between two joints, in the colour that OpenPose draws it in. */
export interface Limb {
  readonly from: JointName;
  readonly to: JointName;
  readonly color: `#${string}`;
}

/** In the order of painting. The dark blue of the neck is made lighter: it must show on black. */
export const limbs: readonly Limb[] = [
  { from: "neck", to: "rightHip", color: "#00ff00" },
  { from: "rightHip", to: "rightKnee", color: "#00ff55" },
  { from: "rightKnee", to: "rightAnkle", color: "#00ffaa" },
  { from: "neck", to: "leftHip", color: "#00ffff" },
  { from: "leftHip", to: "leftKnee", color: "#00aaff" },
  { from: "leftKnee", to: "leftAnkle", color: "#0055ff" },
  { from: "neck", to: "rightShoulder", color: "#ff0000" },
  { from: "neck", to: "leftShoulder", color: "#ff5500" },
  { from: "rightShoulder", to: "rightElbow", color: "#ffaa00" },
  { from: "rightElbow", to: "rightWrist", color: "#ffff00" },
  { from: "leftShoulder", to: "leftElbow", color: "#aaff00" },
  { from: "leftElbow", to: "leftWrist", color: "#55ff00" },
  { from: "neck", to: "head", color: "#5050ff" },
];
/** The head is a dot. */
export const headColor = "#ff00ff";

/** Width of a limb and radius of the head in 1/64 of the picture's shorter side. */
const [limbWidth, headRadius] = [1.7, 1.7];

const mirrored = (name: JointName): JointName =>
  (name.startsWith("right") ? name.replace("right", "left") : name.replace("left", "right")) as JointName;

/** Where a figure's joints are in a picture, in pixels; undefined for an object that has none. */
export function jointsIn(scene: Scene, object: SceneObject, width: number, height: number): Joints | undefined {
  const { joints } = formOf(kindOf(object.kind), object.pose);
  if (!joints) return undefined;
  const { left, top, side } = squareOf(object, habitatIn(scene, object), width, height);
  const place = (name: JointName): Point => {
    // In a mirror, the right hand is the left one.
    const [x, y] = joints[object.flipped ? mirrored(name) : name];
    return [
      left + ((object.flipped ? 100 - x : x) * side) / 100,
      top + ((object.upsideDown ? 100 - y : y) * side) / 100,
    ];
  };
  return Object.fromEntries(jointNames.map((name) => [name, place(name)])) as Record<JointName, Point>;
}

/** The skeletons of all figures on black, like those of OpenPose; other things are not shown. */
export const pose: MapRenderer = (scene, width, height) => {
  const context = clearContext(width, height);
  const unit = Math.min(width, height) / 64;
  context.lineCap = "round";
  context.lineWidth = limbWidth * unit;
  for (const object of scene.objects) {
    const joints = jointsIn(scene, object, width, height);
    if (!joints) continue;
    for (const { from, to, color } of limbs) {
      context.strokeStyle = color;
      context.beginPath();
      context.moveTo(...joints[from]);
      context.lineTo(...joints[to]);
      context.stroke();
    }
    context.fillStyle = headColor;
    context.beginPath();
    context.arc(...joints.head, headRadius * unit, 0, Math.PI * 2);
    context.fill();
  }
  return pictureOn(context, width, height);
};
