import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import type { ImageCodec } from "../ImageCodec.ts";
import type { ModelContext } from "../ModelContext.ts";
import { TinyCodec } from "./TinyCodec.ts";

/** Where checkpoints keep a tiny autoencoder beside their own. */
const names = ["taesd", "vae_tiny"];

/**
 * The tiny autoencoder of a checkpoint: its own, else the one of a folder that was named.
 * @param checkpoint its parts
 * @param own the codec in whose place it stands
 * @returns undefined when there is none
 * @throws EmendError `bad_model`, `bad_usage` when the named folder holds none
 */
export async function openTinyCodec(
  checkpoint: { has(part: string): boolean; part(name: string): CheckpointPart },
  named: string | undefined,
  own: ImageCodec,
  context: ModelContext,
): Promise<TinyCodec | undefined> {
  const found = names.find((name) => checkpoint.has(name));
  if (found) return TinyCodec.open(checkpoint.part(found), own, context);
  if (named === undefined) return undefined;
  const folder = resolve(named);
  if (!existsSync(join(folder, "config.json"))) {
    throw new EmendError("bad_usage", `EMEND_TAESD: ${folder} holds no config.json of an AutoencoderTiny.`);
  }
  return TinyCodec.open(new CheckpointPart(folder, ""), own, context);
}
