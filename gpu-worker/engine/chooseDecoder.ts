import { EmendError } from "../../src/errors/EmendError.ts";
import type { DecoderName } from "../../src/queue/decoders.ts";
import type { AppliedProfile } from "../diffusion/profileSettings.ts";
import type { Decoder, EditModel } from "../models/EditModel.ts";

/** What decodes the result of an edit: what was asked for; else the tiny autoencoder under the fast profile, where there is one. */
export function chooseDecoder(
  asked: DecoderName,
  profile: AppliedProfile,
  { hasTinyDecoder = false }: Pick<EditModel, "hasTinyDecoder">,
): Decoder {
  if (asked !== "auto") return asked;
  return profile === "fast" && hasTinyDecoder ? "tiny" : "full";
}

/**
 * Checks that a checkpoint has what shall decode its results.
 * @throws EmendError `bad_usage`
 */
export function validateDecoder(
  asked: DecoderName,
  { name, hasTinyDecoder = false }: Pick<EditModel, "name" | "hasTinyDecoder">,
): void {
  if (asked !== "tiny" || hasTinyDecoder) return;
  const hint = "name the folder of one in EMEND_TAESD, or take the decoder auto or full";
  throw new EmendError("bad_usage", `decoder tiny: ${name} has no tiny autoencoder; ${hint}.`);
}
