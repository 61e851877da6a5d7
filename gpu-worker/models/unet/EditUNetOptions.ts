import type { GatedEditConfig } from "../emend/GatedEdit.ts";

/** What a U-Net needs to know of the other parts of its checkpoint. */
export interface EditUNetOptions {
  readonly latentChannels: number;
  /** Pixels per latent cell. */
  readonly downscale: number;
  /** The GatedEdit head; without it the network's output is the prediction. */
  readonly head?: GatedEditConfig | undefined;
  /** The U-Net takes a task vector: in its class label, and as one more context token. */
  readonly hasTasks: boolean;
}
