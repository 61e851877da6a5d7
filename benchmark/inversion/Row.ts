import { z } from "zod";
import { unseenTaskNames } from "../../world/index.ts";
import { methodNames } from "./methods.ts";

/** One method's score on one task after one set of examples. */
export const rowSchema = z.object({
  method: z.enum(methodNames),
  task: z.enum(unseenTaskNames),
  /** Examples; pairs that an expert was trained on. */
  count: z.int(),
  /** Chooses the examples, and all that is random. */
  seed: z.int(),
  /** Changes with the examples and the held-out pairs. */
  print: z.string(),
  /** Pairs that were scored, and their mean edit and keep (benchmark/editScore.ts). */
  heldOut: z.int(),
  edit: z.number(),
  keep: z.number(),
  /** Like `edit`, but over all pixels: painting over what should stay costs as much as what was missed. */
  whole: z.number(),
  /** Wall time of learning and scoring. */
  seconds: z.number().optional(),
  /** `frozen`: the known task that did best on the examples. */
  given: z.string().optional(),
  /** `inversion`: gradient steps, vectors, and wall time of learning alone (absent when it was interrupted). */
  steps: z.int().optional(),
  vectors: z.int().optional(),
  learnSeconds: z.number().optional(),
  /** The others: pictures seen in training. */
  pictures: z.int().optional(),
});

export type Row = z.infer<typeof rowSchema>;
