import { z } from "zod";
import { EmendError } from "../../src/errors/EmendError.ts";

/** A switch of diffusers that we do not follow: only its neutral value passes. */
const off = (...neutral: readonly (string | boolean | number | null)[]) =>
  z
    .unknown()
    .refine((value) => neutral.includes(value as never), {
      error: `is not supported here; must be ${neutral.map((value) => JSON.stringify(value)).join(" or ")}`,
    })
    .optional();

const noiseSchedule = {
  /** T: how many timesteps the model was trained on. */
  num_train_timesteps: z.number().int().min(1).max(100_000).default(1000),
  beta_start: z.number().gt(0).lt(1).default(0.0001),
  beta_end: z.number().gt(0).lt(1).default(0.02),
  beta_schedule: z.enum(["linear", "scaled_linear", "squaredcos_cap_v2"]).default("linear"),
  trained_betas: z.array(z.number().gt(0).lt(1)).min(1).max(100_000).nullish(),
  rescale_betas_zero_snr: z.boolean().default(false),
  prediction_type: z.enum(["epsilon", "v_prediction", "sample"]).default("epsilon"),
  steps_offset: z.number().int().min(0).max(1000).default(0),
};

const spacing = z.enum(["leading", "trailing", "linspace"]);

const ddim = z.object({
  _class_name: z.literal("DDIMScheduler"),
  ...noiseSchedule,
  timestep_spacing: spacing.default("leading"),
  clip_sample: z.boolean().default(true),
  clip_sample_range: z.number().positive().default(1),
  set_alpha_to_one: z.boolean().default(true),
  thresholding: off(false),
});

const euler = z.object({
  _class_name: z.literal("EulerDiscreteScheduler"),
  ...noiseSchedule,
  timestep_spacing: spacing.default("linspace"),
  use_karras_sigmas: z.boolean().nullable().default(false),
  sigma_min: z.number().positive().nullish(),
  sigma_max: z.number().positive().nullish(),
  final_sigmas_type: z.enum(["zero", "sigma_min"]).default("zero"),
  interpolation_type: off("linear"),
  timestep_type: off("discrete"),
  use_exponential_sigmas: off(false, null),
  use_beta_sigmas: off(false, null),
});

const eulerAncestral = z.object({
  _class_name: z.literal("EulerAncestralDiscreteScheduler"),
  ...noiseSchedule,
  timestep_spacing: spacing.default("linspace"),
});

const uniPcSolvers = ["bh1", "bh2"] as const;

const dpmSolver = z.object({
  _class_name: z.literal("DPMSolverMultistepScheduler"),
  ...noiseSchedule,
  timestep_spacing: spacing.default("linspace"),
  solver_order: z.union([z.literal(1), z.literal(2)]).default(2),
  thresholding: off(false),
  algorithm_type: off("dpmsolver++"),
  solver_type: off("midpoint", ...uniPcSolvers), // diffusers reads UniPC's as its own
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  use_karras_sigmas: z.boolean().nullable().default(false),
  final_sigmas_type: z.enum(["zero", "sigma_min"]).default("zero"),
  /** diffusers writes −Infinity, which JSON has no word for; readers may hand on null. */
  lambda_min_clipped: z.number().or(z.literal(Number.NEGATIVE_INFINITY)).nullish(),
  variance_type: off(null),
  use_exponential_sigmas: off(false, null),
  use_beta_sigmas: off(false, null),
  use_lu_lambdas: off(false, null),
  use_flow_sigmas: off(false, null),
  use_dynamic_shifting: off(false, null),
});

const uniPc = z.object({
  _class_name: z.literal("UniPCMultistepScheduler"),
  ...noiseSchedule,
  timestep_spacing: spacing.default("linspace"),
  solver_order: z.union([z.literal(1), z.literal(2)]).default(2),
  thresholding: off(false),
  predict_x0: off(true),
  solver_type: off("bh2", "midpoint", "heun", "logrho"), // diffusers reads DPM-Solver's as bh2
  lower_order_final: z.boolean().default(true),
  disable_corrector: z.array(z.never()).default([]),
  solver_p: off(null),
  use_karras_sigmas: z.boolean().nullable().default(false),
  final_sigmas_type: z.enum(["zero", "sigma_min"]).default("zero"),
  sigma_min: off(null),
  sigma_max: off(null),
  use_exponential_sigmas: off(false, null),
  use_beta_sigmas: off(false, null),
  use_flow_sigmas: off(false, null),
  use_dynamic_shifting: off(false, null),
});

const schema = z.discriminatedUnion("_class_name", [ddim, euler, eulerAncestral, dpmSolver, uniPc]);
const classNames = schema.options.map((option) => option.shape._class_name.value);

/** What scheduler_config.json says, with the defaults of the diffusers class that it names. */
export type SchedulerConfig = z.infer<typeof schema>;
export type ConfigOf<Name extends SchedulerConfig["_class_name"]> = Extract<SchedulerConfig, { _class_name: Name }>;

/**
 * Reads scheduler_config.json (diffusers 0.42). Keys that the named class does not have are ignored, as diffusers does.
 * @throws EmendError `bad_model` that names every unsupported switch.
 */
export function parseSchedulerConfig(json: unknown): SchedulerConfig {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.path[0] === "_class_name"
      ? `_class_name must be one of ${classNames.join(", ")}`
      : `${issue.path.join(".")} ${issue.message}`,
  );
  throw new EmendError("bad_model", `scheduler_config.json: ${problems.join("; ")}`);
}
