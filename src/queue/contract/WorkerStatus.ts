import { z } from "zod";
import { devices } from "../../devices.ts";
import { timeSchema } from "./scalars.ts";

/** What a living worker says about itself every few seconds; the bot accepts only tasks that some worker knows. */
export const workerStatusSchema = z.object({
  v: z.literal(1),
  id: z.string().min(1).max(80),
  model: z.string(),
  device: z.enum(devices),
  tasks: z.array(z.string()).max(256),
  defaultSteps: z.number().int().positive(),
  /** Whether pictures are checked, or why not: switched off, or nothing there to check with. Older workers do not tell. */
  safety: z.enum(["on", "off", "none"]).optional(),
  /** Edits that it does at once. */
  concurrency: z.number().int().positive().default(1),
  /** When this was written. */
  at: timeSchema,
});

export type WorkerStatus = z.infer<typeof workerStatusSchema>;
