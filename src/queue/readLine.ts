import type { Admission, LineEntry } from "./Admission.ts";
import type { EditQueue } from "./EditQueue.ts";
import type { EditTimes } from "./EditTimes.ts";
import { forecast } from "./forecast.ts";
import type { WorkerDirectory } from "./WorkerDirectory.ts";

export interface LineSources {
  readonly queue: EditQueue;
  readonly workers: WorkerDirectory;
  readonly admission: Admission;
  readonly times: EditTimes;
}

export interface LineEdit {
  readonly turnId: string;
  /** 1 for the next one; 0 for one that is being made. */
  readonly position: number;
  /** Undefined for a job that is not in the line's records. */
  readonly entry: LineEntry | undefined;
  /** Milliseconds from now until its result; undefined while nothing was measured, or for want of workers. */
  readonly doneInMs: number | undefined;
}

/** The line at one moment. */
export interface Line {
  /** In their order, those that are being made first. An edit between two attempts is in `entries` only. */
  readonly edits: readonly LineEdit[];
  /** Every edit that has not ended, by turn. */
  readonly entries: ReadonlyMap<string, LineEntry>;
  readonly workers: number;
  /** How long an edit with the model's default steps takes. Milliseconds. */
  readonly typicalMs: number | undefined;
}

/** One look at the line, for all who want to know something about it. @throws EmendError `queue_unavailable` */
export async function readLine({ queue, workers, admission, times }: LineSources): Promise<Line> {
  const [waiting, running, entries, living] = await Promise.all([
    queue.waiting(),
    queue.running(),
    admission.entries(),
    workers.living(),
  ]);
  const [worker] = living; // all are taken for alike
  const typical = worker ? await times.typical(worker.model) : () => undefined;
  const defaultSteps = worker?.defaultSteps ?? 1;
  const timeOf = (turnId: string) => typical(entries.get(turnId)?.steps ?? defaultSteps) ?? 0;
  const typicalMs = typical(defaultSteps);
  const left = running.map(({ turnId, startedAt }) => Math.max(timeOf(turnId) - (Date.now() - startedAt), 0));
  const places = living.reduce((sum, { concurrency }) => sum + concurrency, 0);
  const done = forecast(left, waiting.map(timeOf), places);
  const describe = (turnId: string, position: number, doneInMs: number | undefined): LineEdit => ({
    ...{ turnId, position, entry: entries.get(turnId) },
    doneInMs: typicalMs === undefined || doneInMs === Number.POSITIVE_INFINITY ? undefined : doneInMs,
  });
  return {
    edits: [
      ...running.map(({ turnId }, index) => describe(turnId, 0, left[index])),
      ...waiting.map((turnId, index) => describe(turnId, index + 1, done[index])),
    ],
    ...{ entries, workers: living.length, typicalMs },
  };
}
