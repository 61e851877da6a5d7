import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { inspectPicture } from "../../images/inspectPicture.ts";
import type { Example } from "../../learning/Example.ts";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import { TaskProblem } from "../../learning/TaskProblem.ts";
import { Refusal } from "../Refusal.ts";

/** What tar adds to two pictures and a line: headers and padding. Bytes. */
const OVERHEAD = 8_192;

/**
 * A task's examples as a tar: the pictures as they were sent, and `examples.jsonl` with a line
 * `{"input","output","instruction"}` each, as `emend task learn` reads them. In parts, each small enough to be sent.
 * @param part from 1
 * @param limit of one file, in bytes
 */
export async function examplesArchive(
  task: GuildTask,
  part: number,
  limit: number,
  tasks: GuildTaskStore,
): Promise<{ readonly bytes: Uint8Array; readonly parts: number }> {
  const examples = (await tasks.examples(task.id)).map((example, i) => ({ ...example, number: i + 1 }));
  if (examples.length === 0) throw new TaskProblem({ kind: "no-examples", name: task.name });
  const parts = split(examples, limit);
  const chosen = parts[part - 1];
  if (!chosen) throw new Refusal("bad_usage", ({ problems }) => problems.noSuchPart(parts.length));

  const archive = pack();
  const packed = buffer(archive);
  const lines: string[] = [];
  const files = tasks.files.of(task.id);
  const add = async (sha256: string, stem: string): Promise<string> => {
    const bytes = await files.get(sha256);
    const { format } = inspectPicture(bytes, { maxBytes: bytes.length, maxPixels: Number.POSITIVE_INFINITY });
    archive.entry({ name: `${stem}.${format}` }, Buffer.from(bytes));
    return `${stem}.${format}`;
  };
  for (const { number, before, after, instruction } of chosen) {
    const input = await add(before.sha256, `${number}-before`);
    const output = await add(after.sha256, `${number}-after`);
    lines.push(`${JSON.stringify({ input, output, instruction })}\n`);
  }
  archive.entry({ name: "examples.jsonl" }, lines.join(""));
  archive.finalize();
  return { bytes: await packed, parts: parts.length };
}

/** As many examples a part as fit; one that is too large even alone has a part of its own. */
function split<E extends Example>(examples: readonly E[], limit: number): E[][] {
  const parts: E[][] = [];
  let room = 0;
  for (const example of examples) {
    const size = example.before.bytes + example.after.bytes + 2 * example.instruction.length + OVERHEAD;
    if (size > room || parts.length === 0) {
      parts.push([]);
      room = limit;
    }
    parts.at(-1)?.push(example);
    room -= size;
  }
  return parts;
}
