import { z } from "zod";
import { MAX_INSTRUCTION } from "../queue/contract/EditJob.ts";
import { pictureRefSchema, snowflakeSchema, timeSchema } from "../queue/contract/scalars.ts";

/** A before/after pair of a task; the pictures lie among the task's own files, as they were sent. */
export const exampleSchema = z.object({
  v: z.literal(1),
  before: pictureRefSchema,
  after: pictureRefSchema,
  instruction: z.string().min(1).max(MAX_INSTRUCTION),
  author: snowflakeSchema,
  addedAt: timeSchema,
});

export type Example = z.infer<typeof exampleSchema>;
