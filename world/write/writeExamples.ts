import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TaskName } from "../../src/queue/tasks.ts";
import type { EditPair } from "../pairOf.ts";
import { pictureCanvas } from "../preview.ts";
import { sampleAnyPair } from "../sampleAnyPair.ts";
import type { UnseenTaskName } from "../unseen/UnseenTaskName.ts";

export interface ExampleOptions {
  readonly task: TaskName | UnseenTaskName;
  readonly count: number;
  /** Of the first example; example i has seed + i. */
  readonly seed: number;
  /** Side of the pictures in pixels. */
  readonly size: number;
}

/**
 * Writes examples of the train split to learn a task from: `000-input.png`, `000-output.png`, … and `examples.jsonl` with
 * `{"input", "output", "instruction"}` per line, which is written last and whole.
 * @returns the path of examples.jsonl
 */
export async function writeExamples(folder: string, { task, count, seed, size }: ExampleOptions): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const pair: EditPair<string> = sampleAnyPair(seed + i, { split: "train", size, task });
    const name = String(i).padStart(3, "0");
    const [input, output] = [`${name}-input.png`, `${name}-output.png`];
    await writeFile(join(folder, input), await pictureCanvas(pair.source).encode("png"));
    await writeFile(join(folder, output), await pictureCanvas(pair.target).encode("png"));
    lines.push(`${JSON.stringify({ input, output, instruction: pair.instruction })}\n`);
  }
  const path = join(folder, "examples.jsonl");
  await writeFile(`${path}.part`, lines.join(""));
  await rename(`${path}.part`, path);
  return path;
}
