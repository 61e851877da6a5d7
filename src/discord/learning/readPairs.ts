import type { ModalSubmitInteraction } from "discord.js";
import { normaliseInstruction } from "../../conversation/normaliseInstruction.ts";
import { inspectPicture } from "../../images/inspectPicture.ts";
import type { Example } from "../../learning/Example.ts";
import { TaskProblem } from "../../learning/TaskProblem.ts";
import type { PictureRef } from "../../queue/contract/scalars.ts";
import type { Services } from "../Services.ts";
import { downloadPicture } from "../source/downloadPicture.ts";

export interface ReadPairs {
  readonly examples: readonly Example[];
  /** What was understood: which file belongs to which, so that a wrong order is noticed. */
  readonly lines: readonly string[];
}

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The pairs of a filled-in form: everything is looked at before anything is stored.
 * @throws TaskProblem `odd-pictures`, `instructions`, `sizes-differ`; what downloading and looking at pictures throws
 */
export async function readPairs(
  interaction: ModalSubmitInteraction,
  taskId: string,
  { tasks, limits, cdnBase }: Services,
): Promise<ReadPairs> {
  const { fields } = interaction;
  const attachments = [...(fields.getUploadedFiles("pictures")?.values() ?? [])];
  const instructions = fields
    .getTextInputValue("instructions")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(normaliseInstruction);
  const pairs = attachments.length / 2;
  if (!Number.isInteger(pairs)) throw new TaskProblem({ kind: "odd-pictures", pictures: attachments.length });
  if (pairs === 0) return { examples: [], lines: [] };
  if (instructions.length !== 1 && instructions.length !== pairs) {
    throw new TaskProblem({ kind: "instructions", pairs, instructions: instructions.length });
  }

  const uploads: Upload[] = [];
  for (const { url, name } of attachments) {
    const bytes = await downloadPicture(url, { maxBytes: limits.maxBytes, cdnBase });
    const { width, height } = inspectPicture(bytes, limits);
    uploads.push({ name, bytes, width, height });
  }
  const pairAt = (i: number) => [uploads[2 * i]!, uploads[2 * i + 1]!] as const;
  for (let i = 0; i < pairs; i++) requireSameSize(i + 1, ...pairAt(i));

  const blobs = tasks.files.of(taskId);
  const store = async ({ bytes, width, height }: Upload): Promise<PictureRef> => {
    return { sha256: await blobs.put(bytes), width, height, bytes: bytes.length };
  };
  const examples: Example[] = [];
  const lines: string[] = [];
  for (let i = 0; i < pairs; i++) {
    const [before, after] = pairAt(i);
    const instruction = instructions[i] ?? instructions[0]!;
    examples.push({
      ...{ v: 1, before: await store(before), after: await store(after), instruction },
      ...{ author: interaction.user.id, addedAt: Date.now() },
    });
    lines.push(`${i + 1}. ${quote(before.name)} → ${quote(after.name)}: ${quote(instruction)}`);
  }
  return { examples, lines };
}

/**
 * Sizes as the files say them. A camera's picture may lie on its side in its file, and how it is turned only the worker
 * reads, so width and height may be swapped here; the worker compares again.
 */
function requireSameSize(pair: number, before: Upload, after: Upload): void {
  const same = before.width === after.width && before.height === after.height;
  const turned = before.width === after.height && before.height === after.width;
  if (same || turned) return;
  const size = ({ width, height }: Upload) => `${width} × ${height}`;
  throw new TaskProblem({ kind: "sizes-differ", pair, before: size(before), after: size(after) });
}

/** Somebody's words as code: no markup works in it. */
const quote = (text: string) => `\`${text.slice(0, 60).replaceAll("`", "'")}\``;
