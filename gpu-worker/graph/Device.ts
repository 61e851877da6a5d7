export type { Device } from "../../src/devices.ts";

/** Element type that a network's large tensors have: half of it on GPUs, where that is twice as fast. */
export type Precision = "float32" | "float16";
