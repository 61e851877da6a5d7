import type { SchedulerConfig } from "./schedulerConfig.ts";

/** Every sampler of the engine: the name that a request uses, and diffusers' class. */
export const samplers = {
  ddim: "DDIMScheduler",
  euler: "EulerDiscreteScheduler",
  "euler-a": "EulerAncestralDiscreteScheduler",
  "dpm++2m": "DPMSolverMultistepScheduler",
  unipc: "UniPCMultistepScheduler",
} as const satisfies Record<string, SchedulerConfig["_class_name"]>;

export type SamplerName = keyof typeof samplers;
export const samplerNames = Object.keys(samplers) as SamplerName[];

/** The checkpoint's scheduler_config.json, with another sampler on the same noise schedule and spacing if one is asked for. */
export function withSampler(
  schedulerConfig: Readonly<Record<string, unknown>>,
  sampler: SamplerName | undefined,
): Readonly<Record<string, unknown>> {
  return sampler === undefined ? schedulerConfig : { ...schedulerConfig, _class_name: samplers[sampler] };
}
