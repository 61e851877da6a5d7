import { isDeepStrictEqual } from "node:util";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { Log } from "../../log/createLog.ts";
import type { LearnProgress } from "../../queue/contract/LearnProgress.ts";
import type { WorkerDirectory } from "../../queue/WorkerDirectory.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { faultOf } from "../delivery/discordCode.ts";
import type { Postbox } from "../delivery/Postbox.ts";
import { PROGRESS_INTERVAL_MS } from "../delivery/ProgressBoard.ts";
import { ProgressReporter } from "../delivery/ProgressReporter.ts";
import { textsFor } from "../texts/textsFor.ts";
import { bodyOf } from "./Card.ts";
import { type TrainingView, trainingCard } from "./trainingCard.ts";

export interface TrainingBoardOptions {
  readonly workers: WorkerDirectory;
  readonly previews: BlobStore;
  readonly postbox: Postbox;
  readonly log: Log;
  readonly intervalMs?: number | undefined;
}

interface Entry {
  readonly reporter: ProgressReporter<TrainingView>;
  view: TrainingView;
  /** The newest preview: later reports may come without one. PNG. */
  preview: Uint8Array | undefined;
}

/** Keeps the messages of running trainings up to date. What it forgets in a crash is only progress. */
export class TrainingBoard {
  readonly #options: TrainingBoardOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: TrainingBoardOptions) {
    this.#options = options;
  }

  /** Begins to report on a task's training; one that is reported on already stays as it is. */
  track(task: GuildTask, active = false): void {
    const { training } = task;
    if (!training?.message || this.#entries.has(training.id)) return;
    const { channel, message } = training;
    const entry: Entry = {
      reporter: new ProgressReporter<TrainingView>({
        show: (view, signal) => this.#show(task, channel, message, entry, view, signal),
        onError: (error) => {
          this.#options.log.debug("a training's progress was not shown", { taskId: task.id, error });
          return faultOf(error) === "passing";
        },
        intervalMs: () => this.#options.intervalMs ?? PROGRESS_INTERVAL_MS,
        firstMs: 0,
      }),
      view: { kind: "waiting", workers: true },
      preview: undefined,
    };
    this.#entries.set(training.id, entry);
    if (active) this.onActive(training.id);
  }

  onActive(trainingId: string): void {
    this.#change(trainingId, { kind: "working", progress: undefined });
  }

  onProgress(trainingId: string, progress: LearnProgress): void {
    this.#change(trainingId, { kind: "working", progress });
  }

  /** Says, where trainings wait, whether anybody could take them. */
  async lookAtWorkers(): Promise<void> {
    const waiting = [...this.#entries].filter(([, { view }]) => view.kind === "waiting");
    if (waiting.length === 0) return;
    const workers = (await this.#options.workers.living()).length > 0;
    for (const [trainingId, { view }] of waiting) {
      if (view.kind === "waiting") this.#change(trainingId, { kind: "waiting", workers });
    }
  }

  /** Ends the reports on a training; afterwards its message is free for other use. */
  async stop(trainingId: string): Promise<void> {
    const entry = this.#entries.get(trainingId);
    this.#entries.delete(trainingId);
    await entry?.reporter.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((id) => this.stop(id)));
  }

  #change(trainingId: string, view: TrainingView): void {
    const entry = this.#entries.get(trainingId);
    if (!entry || isDeepStrictEqual(entry.view, view)) return;
    entry.view = view;
    entry.reporter.update(view);
  }

  async #show(
    task: GuildTask,
    channel: string,
    message: string,
    entry: Entry,
    view: TrainingView,
    signal: AbortSignal,
  ): Promise<void> {
    const { previews, postbox } = this.#options;
    const sha256 = view.kind === "working" ? view.progress?.preview : undefined;
    if (sha256) entry.preview = (await previews.get(sha256).catch(() => undefined)) ?? entry.preview;
    const card = trainingCard(task, view, entry.preview, textsFor(task.training?.locale));
    await postbox.edit(channel, message, bodyOf(card), card.files, signal);
  }
}
