import type { z } from "zod";
import type { CheckpointPart } from "./CheckpointPart.ts";

/** A checkpoint's parts, wherever they lie: a diffusers folder, or a single file. */
export interface Checkpoint {
  /** Name of the folder, or of the file without its ending. */
  readonly name: string;
  /** `model_index.json`. @throws EmendError `bad_model` */
  readIndex<T extends z.ZodType>(schema: T): Promise<z.output<T>>;
  has(part: string): boolean;
  part(name: string): CheckpointPart;
}
