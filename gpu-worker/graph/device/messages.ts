import type { Precision } from "../Device.ts";

/** What the probe's process tells, once: how far a provider can be used. */
export interface ProbeAnswer {
  /** The highest that gave the CPU's numbers; absent when none did. */
  readonly precision?: Precision;
  /** Why not in a higher precision, or not at all: one line each. */
  readonly problems: readonly string[];
  /** Ops that the provider left to the CPU. */
  readonly onCpu: readonly string[];
}
