import { createHash } from "node:crypto";
import { z } from "zod";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { parseSafetensors } from "../../checkpoint/parseSafetensors.ts";
import { writeSafetensors } from "../../checkpoint/writeSafetensors.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Conditioning } from "../../models/Conditioning.ts";
import type { LearnedTask } from "./LearnedTask.ts";

/** Sixteen vectors of Stable Diffusion are 50 KB; the metadata of a hundred examples 30 KB. */
export const maxLearnedTaskBytes = 512 * 1024;

/** As in the queue's contract: it stands in commands, file names and Redis keys. */
export const taskNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);

const metadataSchema = z.object({
  format: z.literal("emend-learned-task"),
  version: z.literal("1"),
  name: taskNameSchema,
  description: z.string().max(500),
  instructions: json(z.array(z.string().max(1000)).max(100)),
  checkpoint: hash,
  examples: json(z.array(hash).max(100)),
  seed: json(z.int().min(0).max(0xffff_ffff)),
  steps: json(z.int().nonnegative()),
  losses: json(z.array(z.tuple([z.int().nonnegative(), z.number()])).max(10_000)),
  /** `digestOf` all the rest: a file that was changed on the way is noticed. */
  digest: hash,
});

/** A learned task as a small safetensors file. Same task → same bytes. */
export function writeLearnedTask({ conditioning, ...about }: LearnedTask): Uint8Array {
  const tensors = Object.entries(conditioning).map(
    ([name, data]: [string, Float32Array]) => [name, { dims: [data.length], data }] as const,
  );
  const metadata = Object.entries({ format: "emend-learned-task", version: "1", ...about }).map(
    ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const plain = Object.fromEntries(metadata);
  const vectors = Object.fromEntries(tensors);
  return writeSafetensors(vectors, { ...plain, digest: digestOf(vectors, plain) });
}

/** SHA-256 over names, texts and numbers, hex. */
function digestOf(tensors: Readonly<Record<string, TensorData>>, metadata: Readonly<Record<string, string>>): string {
  const sorted = (entries: [string, unknown][]) => entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify(sorted(Object.entries(metadata))));
  for (const [name, { data }] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name} ${data.length}\n`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}

/**
 * Reads what `writeLearnedTask` wrote. Files come from strangers: nothing of them is believed unchecked.
 * @throws EmendError `bad_usage`, one line
 */
export function readLearnedTask(bytes: Uint8Array): LearnedTask {
  if (bytes.length > maxLearnedTaskBytes) throw bad(`has ${bytes.length} bytes; at most ${maxLearnedTaskBytes}`);
  let file: ReturnType<typeof parseSafetensors>;
  try {
    file = parseSafetensors("the task file", bytes);
  } catch (error) {
    throw bad("is damaged or no task file at all; export it again", error);
  }
  const parsed = metadataSchema.safeParse(file.metadata);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw bad(`is not a learned task (${path.join(".")}: ${message})`, parsed.error);
  }
  const { digest: _digest, ...plain } = file.metadata;
  const { format: _format, version: _version, digest, ...about } = parsed.data;
  if (digest !== digestOf(file.tensors, plain)) throw bad("was changed after it was learned; export it again");
  return { ...about, conditioning: readConditioning(file.tensors) };
}

function readConditioning(tensors: Readonly<Record<string, TensorData>>): Conditioning {
  const known = ["task", "tokens", "time"];
  const entries = Object.entries(tensors);
  if (entries.length === 0) throw bad("holds no vectors; export it again");
  for (const [name, { dims, data }] of entries) {
    if (!known.includes(name) || dims.length !== 1) throw bad(`holds something unknown ("${name.slice(0, 40)}")`);
    if (!data.every(Number.isFinite)) throw bad("is damaged: its numbers are not finite; export it again");
  }
  return Object.fromEntries(entries.map(([name, { data }]) => [name, data]));
}

const bad = (problem: string, cause?: unknown) =>
  new EmendError("bad_usage", `the task file ${problem}.`, cause === undefined ? {} : { cause });
