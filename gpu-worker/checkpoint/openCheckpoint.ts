import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { Checkpoint } from "./Checkpoint.ts";
import { FolderCheckpoint } from "./FolderCheckpoint.ts";
import { SingleFileCheckpoint } from "./ldm/SingleFileCheckpoint.ts";

/**
 * Opens a checkpoint: a diffusers folder, or one file in the layout of the original Stable Diffusion programs
 * (.safetensors, .ckpt).
 * @throws EmendError `bad_model`
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const root = resolve(path);
  const found = await stat(root).catch(() => undefined);
  if (!found) throw new EmendError("bad_model", `${path}: there is no such checkpoint folder or file`);
  return found.isDirectory() ? new FolderCheckpoint(root) : SingleFileCheckpoint.open(root);
}
