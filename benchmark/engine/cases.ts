import type { GatedEditConfig } from "../../gpu-worker/models/emend/GatedEdit.ts";

/** What `emend bench engine` times: one evaluation of a U-Net, batch 1. */
export interface EngineCase {
  readonly name: "mini" | "sd15";
  readonly description: string;
  /** Latent of source and of noise: channels, height, width. */
  readonly latent: readonly [number, number, number];
  /** Text states: tokens, width. */
  readonly context: readonly [number, number];
  /** The head, when the checkpoint has one. */
  readonly head?: GatedEditConfig;
  /** The U-Net takes a task vector. */
  readonly hasTasks: boolean;
}

export const engineCases: readonly EngineCase[] = [
  {
    name: "mini",
    description: "the bundled model, 64 × 64 px",
    latent: [48, 16, 16],
    context: [32, 192],
    head: { _class_name: "GatedEdit", patch_size: 4, blur_sigmas: [0.9, 2.4] },
    hasTasks: true,
  },
  {
    name: "sd15",
    description: "InstructPix2Pix's U-Net (860 M random weights), 256 × 256 px",
    latent: [4, 32, 32],
    context: [77, 768],
    hasTasks: false,
  },
];
