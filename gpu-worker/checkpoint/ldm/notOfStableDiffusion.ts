import { badModel } from "../badModel.ts";
import { shorten } from "../shorten.ts";

/** A tensor whose place in the network is not known: to leave it out would change what the network computes. */
export const notOfStableDiffusion = (label: string, name: string) =>
  badModel(label, `tensor "${shorten(name)}" does not belong to Stable Diffusion 1; use the model's diffusers folder`);
