/** What InstructPix2Pix was trained with and its authors sample with (configs/generate.yaml, edit_cli.py). */
export const schedulerConfig: Readonly<Record<string, unknown>> = {
  _class_name: "EulerAncestralDiscreteScheduler",
  num_train_timesteps: 1000,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  prediction_type: "epsilon",
  steps_offset: 1,
};
