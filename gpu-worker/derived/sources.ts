import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A file that others are made from. */
export const sourceSchema = z.object({
  /** Absolute, links resolved. */
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  mtimeMs: z.number(),
});

export type Source = z.infer<typeof sourceSchema>;

/** What says in each folder of derived files what they are made from. */
export const sourcesFile = "sources.json";

/** Where derived files lie. */
export const weightsFolder = (): string => join(process.env.EMEND_HOME || "data", "weights");

export async function statSource(file: string): Promise<Source> {
  const { size, mtimeMs } = await stat(file);
  return { file, size, mtimeMs };
}
