import { EmendError } from "../src/errors/EmendError.ts";
import { inspectTaskFile } from "../src/learning/inspectTaskFile.ts";
import type { TaskFiles } from "../src/learning/TaskFiles.ts";
import type { TrainingStore } from "../src/learning/TrainingStore.ts";
import type { LearnJob } from "../src/queue/contract/LearnJob.ts";
import { type LearnOutcome, MAX_LOSSES } from "../src/queue/contract/LearnOutcome.ts";
import type { PictureRef } from "../src/queue/contract/scalars.ts";
import { drawExampleSheet } from "./drawExampleSheet.ts";
import { drawLossCurve } from "./drawLossCurve.ts";
import type { EditEngine } from "./engine/EditEngine.ts";
import type { LearnExample, LearningEngine, LearnProgress, LearnResult } from "./engine/learning.ts";
import { type DecodeLimits, decodePicture } from "./image/decodePicture.ts";
import { encodePng } from "./image/encodePicture.ts";
import type { Picture } from "./image/Picture.ts";
import { resizePicture } from "./image/resizePicture.ts";
import { thin } from "./thin.ts";

/**
 * Examples are shrunk to this as they are read: a hundred pairs of camera pictures would fill 15 GB, and no model here
 * sees more than 512 pixels (a little is left for crops). Pixels, longest side.
 */
const MAX_SIDE = 640;

export interface LearnTools {
  readonly engine: EditEngine & LearningEngine;
  readonly files: TaskFiles;
  readonly trainings: TrainingStore;
  readonly limits: DecodeLimits;
}

type Learning = Extract<LearnJob, { kind: "learn" }>;
type Checking = Extract<LearnJob, { kind: "check" }>;

/**
 * Learns a task, or tries out a file, from blob to blob. A training that was interrupted goes on from its last
 * checkpoint; run again from the start, it gives the same file (the seed is in the job).
 * @throws EmendError
 */
export function processLearn(
  job: LearnJob,
  tools: LearnTools,
  onProgress: (progress: LearnProgress) => void,
  signal: AbortSignal,
): Promise<LearnOutcome> {
  return job.kind === "learn" ? learn(job, tools, onProgress, signal) : check(job, tools, signal);
}

async function learn(
  job: Learning,
  tools: LearnTools,
  onProgress: (progress: LearnProgress) => void,
  signal: AbortSignal,
): Promise<LearnOutcome> {
  const { trainingId } = job;
  const files = tools.files.of(job.taskId);

  // 1. Read the examples.
  const examples: LearnExample[] = [];
  for (const [i, { before, after, instruction }] of job.examples.entries()) {
    signal.throwIfAborted();
    const [input, output] = [await read(before), await read(after)];
    if (input.width !== output.width || input.height !== output.height) {
      const sizes = [input, output].map(({ width, height }) => `${width} × ${height}`).join(" and ");
      throw new EmendError("bad_image", `the pictures of example ${i + 1} have different sizes (${sizes}).`);
    }
    examples.push({ input: await shrink(input), output: await shrink(output), instruction });
  }

  // 2. Learn, from the last checkpoint if there is one.
  const saver = new CheckpointSaver((bytes) => tools.trainings.saveCheckpoint(trainingId, bytes));
  const report = (progress: LearnProgress) => {
    if (progress.checkpoint) saver.save(progress.checkpoint);
    onProgress(progress);
  };
  const { name, description, seed, steps, vectors } = job;
  const request = {
    ...{ name, description, examples, seed },
    ...(steps === undefined ? {} : { steps }),
    ...(vectors === undefined ? {} : { vectors }),
  };
  const resume = await tools.trainings.checkpoint(trainingId);
  let result: LearnResult;
  try {
    result = await tools.engine.learn({ ...request, ...(resume ? { resume } : {}) }, { onProgress: report, signal });
  } catch (error) {
    // A checkpoint of another version or model: better to begin again than not to learn.
    if (!resume || !(error instanceof EmendError) || error.code !== "bad_usage") throw error;
    await tools.trainings.forgetCheckpoint(trainingId);
    result = await tools.engine.learn(request, { onProgress: report, signal });
  } finally {
    await saver.end();
  }

  // 3. Store what came out, and draw it.
  return {
    v: 1,
    status: "done",
    trainingId,
    file: { sha256: await files.put(result.file), bytes: result.file.length },
    checkpoint: inspectTaskFile(result.file).checkpoint,
    sheet: await store(await drawExampleSheet(examples, result.pictures)),
    curve: await store(drawLossCurve(result.losses)),
    steps: result.steps,
    losses: thin(result.losses, MAX_LOSSES).map(([step, loss]) => [step, loss]),
    milliseconds: result.milliseconds,
    model: tools.engine.info.model,
  };

  async function read(sha256: string): Promise<Picture> {
    return decodePicture(await files.get(sha256), tools.limits);
  }

  async function store(picture: Picture): Promise<PictureRef> {
    const png = await encodePng(picture);
    return { sha256: await files.put(png), width: picture.width, height: picture.height, bytes: png.length };
  }
}

/** Uses the file once, on a small grey picture: whatever would be wrong with it then is wrong with it now. */
async function check(job: Checking, { engine, files }: LearnTools, signal: AbortSignal): Promise<LearnOutcome> {
  const file = await files.of(job.taskId).get(job.file);
  const picture = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(127) };
  const request = { picture, instruction: job.name, task: job.name, learned: [file], seed: 1, steps: 1 };
  try {
    await engine.edit(request, { previews: false, signal });
  } catch (error) {
    if (!(error instanceof EmendError) || error.retryable || error.code === "cancelled") throw error;
    throw new EmendError("bad_usage", error.message, { cause: error });
  }
  return { v: 1, status: "checked", trainingId: job.trainingId, model: engine.info.model };
}

function shrink(picture: Picture): Promise<Picture> {
  const scale = MAX_SIDE / Math.max(picture.width, picture.height);
  if (scale >= 1) return Promise.resolve(picture);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return resizePicture(picture, { width: side(picture.width), height: side(picture.height) });
}

/** Writes the newest checkpoint, one at a time. One that cannot be written costs only what would be learned again. */
class CheckpointSaver {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #newest: Uint8Array | undefined;
  #writing: Promise<void> | undefined;

  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  save(bytes: Uint8Array): void {
    this.#newest = bytes;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async end(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#newest) {
      const bytes = this.#newest;
      this.#newest = undefined;
      await this.#write(bytes).catch(() => undefined);
    }
  }
}
