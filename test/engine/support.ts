import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import { paint } from "../image/pictures.ts";

/** A tiny checkpoint of emend's own kind with random weights, made by training/goldens/make_components.py. */
export const tinyModel = fileURLToPath(new URL("../golden/mini", import.meta.url));

/** A tiny task predictor with random weights, made by training/goldens/make_predictor.py. */
export const tinyPredictor = fileURLToPath(new URL("../golden/predictor", import.meta.url));

export const picture = paint(40, 32, (x, y) => [x * 6, y * 7, 128]);

export const request: EditRequest = { picture, instruction: "make the boat red", task: "auto", seed: 5 };

export async function until(condition: () => boolean, milliseconds = 15_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !condition(); await wait(10)) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${condition}`);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
