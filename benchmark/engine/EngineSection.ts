import { z } from "zod";

const optional = z.number().optional();

/** One thing in one case: how long it takes, in the engine and in its peers, each measured in the same run. */
export const engineSectionSchema = z.object({
  kind: z.enum(["unet", "gradient", "edit", "learning"]),
  case: z.enum(["mini", "sd15"]),
  /** Side of the pictures, pixels. */
  size: z.number(),
  description: z.string(),
  command: z.string(),
  date: z.string(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memory: z.number(),
    system: z.string(),
    node: z.string(),
    onnxruntime: z.string(),
  }),
  rows: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      version: z.string(),
      exact: z.boolean(),
      /** Wall time, ms: median and least of an evaluation or a step. */
      median: z.number(),
      fastest: z.number(),
      /** Processor time of an evaluation, ms, median: what other work on the machine changes least. */
      processor: optional,
      /** From the start of the process to its first evaluation, ms, files in the page cache. */
      cold: optional,
      /** Export or compilation before that, ms. */
      prepared: optional,
      /** Peak memory, MiB: its own pages; with mapped files. */
      own: optional,
      total: optional,
      /** The engine's median in the turns beside this peer's, by this peer's. */
      ratio: optional,
      /** Greatest difference of its prediction to the engine's, by the greatest number in it. */
      difference: optional,
      /** The whole edit from the start of the process, ms. */
      whole: optional,
      /** Denoising steps that were run, where the others are extrapolated. */
      steps: optional,
    }),
  ),
  /** One line for each peer that is not there. */
  missing: z.array(z.string()),
});

export type EngineSection = z.output<typeof engineSectionSchema>;
export type EngineRow = EngineSection["rows"][number];
