import { badModel } from "../badModel.ts";
import type { StoredTensor } from "../StoredTensor.ts";
import { below } from "./below.ts";

/**
 * The CLIP text encoder of a single-file checkpoint: transformers' own names below a prefix.
 * @throws EmendError `bad_model` for encoders of later Stable Diffusions
 */
export function textEncoderTensors(label: string, all: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const own = below(all, "cond_stage_model.transformer.");
  if (own.size > 0) return own;
  const isLater = [...all.keys()].some((name) => /^(cond_stage_model\.model|conditioner\.embedders)\./.test(name));
  throw badModel(
    label,
    isLater
      ? "has the text encoder of Stable Diffusion 2 or XL; of these only diffusers folders are read, not single files"
      : "has no text encoder (cond_stage_model.…); name a diffusers folder instead",
  );
}
