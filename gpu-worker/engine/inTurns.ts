import type { EditModel } from "../models/EditModel.ts";

/** Runs work when it is its turn. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The model with every evaluation a turn of its own, so that whoever uses it holds up others for one of them at most. */
export const inTurns = (model: EditModel, turn: Turn): EditModel => ({
  ...model,
  encodeText: (text) => turn(() => model.encodeText(text)),
  encodeImage: (picture) => turn(() => model.encodeImage(picture)),
  decodeLatent: (latent, by) => turn(() => model.decodeLatent(latent, by)),
  denoise: (input) => turn(() => model.denoise(input)),
  denoiseBatch: (inputs) => turn(() => model.denoiseBatch(inputs)),
  denoiseDeep: (input, deep) => turn(() => model.denoiseDeep(input, deep)),
  differentiate: (input) => turn(() => model.differentiate(input)),
});
