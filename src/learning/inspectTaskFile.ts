import { z } from "zod";
import { MAX_DESCRIPTION } from "../queue/contract/LearnJob.ts";
import { sha256Schema, taskSchema } from "../queue/contract/scalars.ts";
import { TaskProblem } from "./TaskProblem.ts";

/** Sixteen vectors of Stable Diffusion are 50 KB, the notes on a hundred examples 30 KB. Bytes. */
export const MAX_TASK_FILE = 512 * 1024;
const PREFIX_BYTES = 8;

const metadataSchema = z.object({
  format: z.literal("emend-learned-task"),
  name: taskSchema,
  description: z.string().max(500).catch(""),
  checkpoint: sha256Schema,
  steps: z.coerce.number().int().nonnegative().catch(0),
});
const headerSchema = z
  .object({ __metadata__: metadataSchema })
  .catchall(z.object({ data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]) }));

/** What a task file says about itself. */
export interface TaskFileHeader {
  readonly name: string;
  readonly description: string;
  /** Hash of the checkpoint that it was learned on. */
  readonly checkpoint: string;
  readonly steps: number;
}

/**
 * Looks at a learned task's file without trusting it: its size, that its safetensors header is one of ours, and that no
 * byte is missing or too many. Whether it works with the model here, only the worker can say.
 * @throws TaskProblem `file-too-large`, `bad-file`
 */
export function inspectTaskFile(bytes: Uint8Array): TaskFileHeader {
  if (bytes.length > MAX_TASK_FILE) throw new TaskProblem({ kind: "file-too-large" });
  const bad = new TaskProblem({ kind: "bad-file" });
  if (bytes.length < PREFIX_BYTES) throw bad;
  const length = new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES).getBigUint64(0, true);
  if (length > BigInt(bytes.length - PREFIX_BYTES)) throw bad;
  const start = PREFIX_BYTES + Number(length);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(PREFIX_BYTES, start)));
  } catch {
    throw bad;
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) throw bad;
  const { __metadata__: about, ...tensors } = header.data;
  const end = Math.max(0, ...Object.values(tensors).map(({ data_offsets: [, last] }) => last));
  if (end === 0 || start + end !== bytes.length) throw bad;
  return { ...about, description: about.description.slice(0, MAX_DESCRIPTION) };
}
