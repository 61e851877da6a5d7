import { z } from "zod";
import { errorCodes } from "../../errors/EmendError.ts";
import { alphaSchema, pictureRefSchema, seedSchema, sha256Schema, turnIdSchema } from "./scalars.ts";

const doneSchema = z.object({
  v: z.literal(1),
  status: z.literal("done"),
  turnId: turnIdSchema,
  /** The edited picture: PNG, at the source's size. */
  picture: pictureRefSchema,
  /** The source to look at beside it: WebP of at most 1,600 pixels a side, orientation applied, metadata removed. */
  before: pictureRefSchema,
  /** The task that conditioned the model; null for a checkpoint without tasks. */
  task: z.string().nullable(),
  /** The predictor's opinion on the checkpoint's tasks, most probable first; empty without a predictor. */
  probabilities: z.array(z.object({ name: z.string(), probability: z.number() })).max(64),
  /** The predictor's probability that an edit was asked for at all; absent without a predictor. */
  edit: z.number().min(0).max(1).optional(),
  seed: seedSchema,
  steps: z.number().int().positive(),
  textGuidance: z.number(),
  imageGuidance: z.number(),
  /** The threshold that was used; absent in outcomes of workers that did not tell. */
  alpha: alphaSchema.optional(),
  /** Share of pixels that are the source's own bits; absent in outcomes of workers that did not tell. */
  keptShare: z.number().min(0).max(1).optional(),
  /** How it was made, and why so; absent in outcomes of workers that did not tell. */
  profile: z
    .object({
      name: z.enum(["exact", "fast"]),
      /** Side of the square whose area the model worked at, in pixels. */
      resolution: z.number().int().positive(),
      /** What decoded the result; absent in outcomes of workers that did not tell. */
      decoder: z.enum(["full", "tiny"]).optional(),
      reason: z.string().max(500),
    })
    .optional(),
  /** Evaluations of the whole U-Net, all guidance branches counted. */
  evaluations: z.number().int().nonnegative(),
  /** Of its outer layers alone; absent in outcomes of workers that did not tell. */
  shallowEvaluations: z.number().int().nonnegative().optional(),
  /** Wall time of the edit, without decoding, encoding and waiting. */
  milliseconds: z.number().nonnegative(),
  /** Folder name of the checkpoint. */
  model: z.string(),
  /** Its hash; absent in outcomes of workers that did not tell. */
  checkpoint: sha256Schema.optional(),
});

/** How a job of any queue failed. */
export const failedSchema = z.object({
  v: z.literal(1),
  status: z.literal("failed"),
  /** The turn, or the training. */
  turnId: turnIdSchema,
  code: z.enum(errorCodes),
  /** One English line, safe to show; the bot shows its own text for the code. */
  message: z.string().max(500),
});

/** How an edit ended, once and for all. */
export const editOutcomeSchema = z.discriminatedUnion("status", [doneSchema, failedSchema]);

export type EditDone = z.infer<typeof doneSchema>;
export type EditFailed = z.infer<typeof failedSchema>;
export type EditOutcome = z.infer<typeof editOutcomeSchema>;
