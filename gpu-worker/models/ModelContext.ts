import type { Device } from "../graph/Device.ts";

/** What every part of a checkpoint needs to make its sessions. */
export interface ModelContext {
  readonly device: Device;
  readonly threads?: number;
}
