import { z } from "zod";
import { bertShape } from "../../models/bert/BertModel.ts";

/** The label of what is no edit. */
export const NONE = "none";

/** `config.json` of a predictor, as training/emend_predict writes it (docs/checkpoints.md); notes are ignored. */
export const predictorSchema = z
  .object({
    _class_name: z.literal("TaskPredictor"),
    labels: z.array(z.string().min(1)).min(2).max(1000),
    ...bertShape,
    /** Longer texts are cut, both ends' special tokens counted. */
    max_tokens: z.int().min(2),
    temperature: z.number().positive(),
    /** z = near · n_new + known · n_known + bias, see LearnedTasks. */
    routing: z.object({ near: z.number(), known: z.number(), bias: z.number() }).optional(),
  })
  .refine(({ labels }) => new Set(labels).size === labels.length, { path: ["labels"], error: "a name is there twice" })
  .refine(({ labels }) => labels.at(-1) === NONE, { path: ["labels"], error: `the last one is not "${NONE}"` })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    path: ["num_attention_heads"],
    error: "does not divide hidden_size",
  })
  .refine((config) => config.max_tokens <= config.max_position_embeddings, {
    path: ["max_tokens"],
    error: "is more than max_position_embeddings",
  });

export type PredictorConfig = z.output<typeof predictorSchema>;
