import { z } from "zod";

/** What the configurations of a checkpoint in parts tell of it. */
export interface Recognised {
  readonly family: "InstructPix2Pix" | "emend";
  readonly inChannels: number;
}

const unetSchema = z.looseObject({ in_channels: z.number(), out_channels: z.number().optional() });
const indexSchema = z.looseObject({ _class_name: z.string() });

/**
 * An editing model is known by its U-Net, which takes the noisy latent and the picture's (8 channels); the class name in
 * model_index.json is often another's. emend's own models have their own class name.
 * @param unet parsed unet/config.json
 * @param index parsed model_index.json, if there is one
 * @returns why it is none, as the end of "… is no editing model: "
 */
export function recognise(unet: unknown, index: unknown): Recognised | string {
  const config = unetSchema.safeParse(unet).data;
  if (!config) return "its unet/config.json has no in_channels";
  const inChannels = config.in_channels;
  if (indexSchema.safeParse(index).data?._class_name === "EmendPipeline") return { family: "emend", inChannels };
  if (inChannels === 8) return { family: "InstructPix2Pix", inChannels };
  return `its U-Net takes ${inChannels} channels, one that edits takes 8`;
}
