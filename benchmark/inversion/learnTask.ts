import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import type { UnseenTaskName } from "../../world/index.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { howLearned } from "./howLearned.ts";
import type { InversionSettings } from "./Settings.ts";

export interface LearnedTask {
  /** The learned task's file. */
  readonly file: Uint8Array;
  readonly steps: number;
  /** Wall time of learning; absent when it was interrupted in between. */
  readonly seconds?: number;
}

const read = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

/**
 * The task as learned from the first `count` examples of a set: from the work folder if it is there, else by the engine,
 * from where an interrupted run stopped.
 * @throws EmendError `cancelled`, and what the engine throws
 */
export async function learnTask(
  settings: InversionSettings,
  task: UnseenTaskName,
  count: number,
  seed: number,
): Promise<LearnedTask> {
  const { pairs, vectors, modelWork, show, signal } = settings;
  const list = pairs.examples(task, seed, count);
  const name = `${task}-${count}-${seed}-${vectors}-${pairs.print(list)}-${howLearned}`;
  const [path, notes, state] = ["safetensors", "json", "state"].map((end) =>
    join(modelWork, "learned", `${name}.${end}`),
  );
  const [file, about] = [await read(path as string), await read(notes as string)];
  if (file && about) return { file, ...(JSON.parse(about.toString()) as Omit<LearnedTask, "file">) };
  throwIfCancelled(signal);
  const resume = await read(state as string);
  const engine = await settings.engine();
  let written = Promise.resolve();
  let failed: unknown;
  const keep = (bytes: Uint8Array) => {
    written = written
      .then(() => writeWhole(state as string, bytes))
      .catch((error) => {
        failed ??= error;
      });
  };
  const result = await engine
    .learn(
      {
        name: task,
        examples: list.map(({ source, target, instruction }) => ({ input: source, output: target, instruction })),
        ...{ seed, vectors },
        ...(resume && { resume }),
      },
      {
        onProgress({ step, steps, loss, checkpoint }) {
          show(
            `inversion: ${task}, ${count} examples, seed ${seed}: step ${step} of ${steps}, loss ${loss.toFixed(4)}`,
          );
          if (checkpoint) keep(checkpoint);
        },
        ...(signal && { signal }),
      },
    )
    .finally(() => written);
  if (failed !== undefined) throw failed;
  const facts = { steps: result.steps, ...(!resume && { seconds: result.milliseconds / 1000 }) };
  await writeWhole(path as string, result.file);
  await writeWhole(notes as string, `${JSON.stringify({ ...facts, losses: result.losses })}\n`);
  await rm(state as string, { force: true });
  return { file: result.file, ...facts };
}
