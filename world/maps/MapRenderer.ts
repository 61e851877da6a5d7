import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { Scene } from "../scene.ts";

/** The five maps of the image-to-image tasks (METHOD §2). */
export type MapName = "depth" | "segmap" | "pose" | "normal" | "sketch";

/** Draws a map of a scene at any size, as exactly as `renderScene` draws the scene itself. */
export type MapRenderer = (scene: Scene, width: number, height: number) => Picture;
