import type { DenoiserInput } from "./EditModel.ts";

/** Equal for inputs that can share an evaluation of the U-Net. */
export const shapeKey = ({ latent, text, int8, expert }: DenoiserInput): string =>
  `${latent.dims} ${text.states.dims} ${int8 ? "int8" : ""} ${expert ?? ""}`;
