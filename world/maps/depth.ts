import type { SKRSContext2D } from "@napi-rs/canvas";
import { regions } from "../backgrounds/Region.ts";
import { habitatIn } from "../placement.ts";
import { paintObject } from "../render/paintObject.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { drawMap } from "./drawMap.ts";
import type { MapRenderer } from "./MapRenderer.ts";

/** The height at which the ground, seen from where we stand, would reach the horizon. */
const horizon = 0.375;
/** What hangs in the sky is behind all that stands on the ground, and in front of all the background. */
const skyDepth = 0.5;

/** Nearness of the ground at a height of the picture: 0 at the horizon, 1 at the lower edge. */
export const groundDepth = (y: number): number => Math.min(1, Math.max(0, (y - horizon) / (1 - horizon)));

/** Nearness of an object, 0 to 1: that of the ground on which it stands; swimmers come nearer the deeper they are. */
export function objectDepth(scene: Scene, object: SceneObject): number {
  const habitat = habitatIn(scene, object);
  if (habitat === "sky") return skyDepth;
  if (habitat === "underwater") return Math.min(1, 0.4 + ((object.y - 0.22) / 0.48) * 0.4);
  return groundDepth(object.y);
}

const gray = (depth: number): string => {
  const value = Math.round(depth * 255);
  return `rgb(${value}, ${value}, ${value})`;
};

function groundGradient(context: SKRSContext2D) {
  const gradient = context.createLinearGradient(0, horizon, 0, 1);
  gradient.addColorStop(0, "#000000");
  gradient.addColorStop(1, "#ffffff");
  return gradient;
}

/** Gray, near = white. What is level grows brighter towards us; what is upright is as near as where it stands. */
export const depth: MapRenderer = (scene, width, height) =>
  drawMap(scene, width, height, {
    region(context, region, foot) {
      const lies = regions[region];
      if (lies === "level") return { style: groundGradient(context) };
      return { style: gray(lies === "far" ? 0 : groundDepth(foot)) };
    },
    object(context, kind, object) {
      paintObject(context, kind, object, gray(objectDepth(scene, object)));
    },
  });
