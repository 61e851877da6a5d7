/** How a task that the model was not trained on can be had (METHOD §4), in the order of tables and colours. */
export const methodNames = ["frozen", "inversion", "finetune", "scratch", "expert"] as const;

export type MethodName = (typeof methodNames)[number];

export const methodTitles: Readonly<Record<MethodName, string>> = {
  frozen: "frozen, nearest known task",
  inversion: "task inversion",
  finetune: "fine-tuning",
  scratch: "from scratch",
  expert: "expert",
};
