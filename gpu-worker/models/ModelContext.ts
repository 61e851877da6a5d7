import type { Device, Precision } from "../graph/Device.ts";

/** What every part of a checkpoint needs to make its sessions. */
export interface ModelContext {
  readonly device: Device;
  /** What the U-Net and the autoencoder compute in; default float32. */
  readonly precision?: Precision;
  readonly threads?: number;
  /** Inputs that one evaluation of the U-Net may take; default 1. */
  readonly batch?: number;
}
