import type { DenoiserInput } from "./EditModel.ts";

/** Equal for inputs that can share an evaluation of the U-Net. */
export const shapeKey = ({ latent, text }: DenoiserInput): string => `${latent.dims} ${text.states.dims}`;
