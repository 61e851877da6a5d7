import { EmendError } from "../src/errors/EmendError.ts";
import type { TaskFiles } from "../src/learning/TaskFiles.ts";
import type { EditJob } from "../src/queue/contract/EditJob.ts";
import type { EditDone } from "../src/queue/contract/EditOutcome.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { encodeBefore } from "./encodeForDisplay.ts";
import type { EditEngine, EditProgress as EngineProgress } from "./engine/EditEngine.ts";
import { type DecodeLimits, decodePicture } from "./image/decodePicture.ts";
import { encodePng } from "./image/encodePicture.ts";
import { learnedFiles } from "./learnedFiles.ts";

export interface EditTools {
  readonly engine: EditEngine;
  readonly blobs: BlobStore;
  readonly files: TaskFiles;
  readonly limits: DecodeLimits;
}

/**
 * Makes one edit, from blob to blob. Running it again gives the same blobs under the same names (the seed is in the
 * job), so an edit that was done twice after a crash still has one outcome.
 * @throws EmendError
 */
export async function processEdit(
  job: EditJob,
  { engine, blobs, files, limits }: EditTools,
  onProgress: (progress: EngineProgress) => void,
  signal: AbortSignal,
): Promise<EditDone> {
  // 1. Is there still somebody to show it to?
  if (Date.now() > job.deadline) throw new EmendError("expired", "the edit waited too long in the queue");

  // 2. Read the source, and what the server taught.
  const source = await decodePicture(await blobs.get(job.source.sha256), limits);
  const { learned, task, rename } = await learnedFiles(job, files);
  signal.throwIfAborted();

  // 3. Edit.
  const edited = await engine.edit(
    {
      picture: source,
      instruction: job.instruction,
      task,
      ...(learned.length === 0 ? {} : { learned }),
      onlyEdits: true, // people talk to a bot; better to answer than to spoil their picture
      seed: job.seed,
      ...(job.profile === undefined ? {} : { profile: job.profile }),
      ...(job.steps === undefined ? {} : { steps: job.steps }),
      ...(job.textGuidance === undefined ? {} : { textGuidance: job.textGuidance }),
      ...(job.imageGuidance === undefined ? {} : { imageGuidance: job.imageGuidance }),
      ...(job.alpha === undefined ? {} : { alpha: job.alpha }),
      ...(job.ageRestricted ? { ageRestricted: true } : {}),
    },
    { onProgress, signal },
  );
  const result = rename(edited);

  // 4. Store what will be shown.
  const [png, before] = await Promise.all([encodePng(result.picture), encodeBefore(source)]);
  const { width, height } = result.picture;
  return {
    v: 1,
    status: "done",
    turnId: job.turnId,
    picture: { sha256: await blobs.put(png), width, height, bytes: png.length },
    before: {
      sha256: await blobs.put(before.bytes),
      width: before.width,
      height: before.height,
      bytes: before.bytes.length,
    },
    task: result.task ?? null,
    probabilities: result.tasks.slice(0, 64).map(({ name, probability }) => ({ name, probability })),
    ...(result.edit === undefined ? {} : { edit: result.edit }),
    seed: result.seed,
    steps: result.steps,
    textGuidance: result.textGuidance,
    imageGuidance: result.imageGuidance,
    alpha: result.alpha,
    keptShare: result.keptShare,
    profile: result.profile,
    evaluations: result.evaluations,
    shallowEvaluations: result.shallowEvaluations,
    milliseconds: result.milliseconds,
    model: engine.info.model,
    ...(engine.info.checkpoint === undefined ? {} : { checkpoint: engine.info.checkpoint }),
  };
}
