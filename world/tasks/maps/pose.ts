import type { Templates } from "../../language/grammar.ts";
import { kindOf, kinds } from "../../objects/index.ts";
import { mapTask } from "./mapTask.ts";

const toMap: Templates = {
  train: [
    "show the pose (skeleton|skeletons|)",
    "detect the pose",
    "detect the (body|human|) poses",
    "estimate the pose",
    "estimate the (body|human) pose",
    "draw the (skeleton|skeletons|stick figures)",
    "draw the pose as a skeleton",
    "turn (this|it|the picture|the image) into a (pose map|skeleton|pose skeleton)",
    "turn (everyone|the people|the figures) into (stick figures|skeletons)",
    "convert (this|it|the image|the picture) (to|into) a (pose map|skeleton|pose skeleton)",
    "make a (pose map|pose skeleton|stick figure|skeleton) (of|from|out of) (this|it|the picture)",
    "create the pose (map|skeleton) (of|for) (this|the) (picture|image|scene)",
    "generate a pose (map|skeleton)",
    "give me the (pose|pose map|openpose skeleton|skeleton)",
    "show (only|just) the (skeleton|joints and limbs|pose)",
    "show me how (the body is|the bodies are|everyone is) posed",
    "mark (the|all) joints and limbs on black",
    "find the (joints|key points|keypoints|body joints) (and connect them|)",
    "extract the (pose|poses|skeleton|keypoints)",
    "render (this|it|the scene) as a pose map",
    "reduce (everyone|the figures|this) to (a skeleton|stick figures|their pose)",
    "=(pose|skeleton|openpose|pose map) (of|for) (this|it|the image)",
    "=openpose (map|skeleton|) (please|)",
    "=pose estimation",
    "=i (want|need) the (pose|skeleton|pose map) (of this|)",
    "=what (is|would be) the pose (here|in this picture)",
    "=what does the pose skeleton look like",
    "=just the stick figure",
    "=show where (the|all) arms and legs are, as colored lines",
    "run (a|) pose (estimation|detection) on (this|it)",
  ],
  heldOut: [
    "trace the bones of everybody",
    "=x-ray their posture: only colored limbs on black",
    "boil (this|it) down to body keypoints",
    "sketch the posture as a wireframe of limbs",
  ],
};

const toPicture: Templates = {
  train: [
    "turn (this|the) (pose|skeleton|pose map) into <caption>",
    "turn (these|the) (skeletons|stick figures|poses) into <caption>",
    "make (this|it) <caption>",
    "make a picture of <caption> (from|out of) (this|the) (pose|skeleton|pose map)",
    "generate <caption> (from|with|in) (this|the) pose",
    "draw <caption> in (this|the same) pose",
    "draw <caption> (following|based on) the (skeleton|pose|pose map)",
    "paint <caption> over (this|the) (skeleton|pose|stick figure)",
    "create a picture of <caption> with (this|the given) pose",
    "convert (this|the) (pose|skeleton|pose map) (to|into) <caption>",
    "render (this|the) (skeleton|pose|pose map) as <caption>",
    "fill (this|the) (skeleton|pose|stick figure) in: <caption>",
    "use (this|the) (pose|skeleton) for a picture of <caption>",
    "show <caption> in (exactly|) this pose",
    "bring (this|the) (skeleton|pose|stick figure) to life: <caption>",
    "transform (this|the) (pose map|skeleton) into a (picture|scene) of <caption>",
    "dress (this|the) (skeleton|stick figure) up as <things>, <place>",
    "put <things> into (this|the) pose, <place>",
    "<place>, draw <things> in this pose",
    "=a picture of <caption>, from (this|the) pose",
    "=<caption>",
    "=<caption>, in this pose",
    "=this (pose|skeleton|stick figure) should be <caption>",
    "=i want <caption> (in|with) this pose",
    "=the (skeleton|pose) shows <caption>, draw it",
    "=from pose to picture: <caption>",
    "=pose to image: <caption>",
  ],
  heldOut: [
    "flesh (this|the) (skeleton|stick figure) out into <caption>",
    "=imagine <caption> striking this pose",
    "=put skin and clothes on it: <things>, <place>",
    "cast <things> in this pose, <place>",
  ],
};

/** The skeletons of figures, and figures from their skeletons. */
export const pose = mapTask(
  "pose",
  { noun: "a pose map", toMap, toPicture },
  {
    kinds: kinds.filter((each) => each.poses).map((each) => each.name),
    shows: (kind) => kindOf(kind).poses !== undefined,
  },
);
