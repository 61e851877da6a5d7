import type { LearnProgress } from "../src/queue/contract/LearnProgress.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { encodePreview } from "./encodeForDisplay.ts";
import type { LearnProgress as EngineProgress } from "./engine/learning.ts";
import type { Picture } from "./image/Picture.ts";

/** The bot shows progress every 3 s; more than this only fills the event stream. Milliseconds. */
const INTERVAL_MS = 1_000;

/** Passes a training's steps on to the queue, not too often, each preview once. */
export class LearnProgressSender {
  readonly #previews: BlobStore;
  readonly #send: (progress: LearnProgress) => Promise<unknown>;
  #last = Number.NEGATIVE_INFINITY;
  #preview: Picture | undefined;
  #stored: string | undefined;
  #sending: Promise<void> | undefined;

  /** @param send may fail: progress is a courtesy, and a failure is forgotten */
  constructor(previews: BlobStore, send: (progress: LearnProgress) => Promise<unknown>) {
    this.#previews = previews;
    this.#send = send;
  }

  /** Drops the report when the one before is still under way or was just sent; its preview waits for the next one. */
  readonly report = (progress: EngineProgress): void => {
    this.#preview = progress.preview ?? this.#preview;
    if (this.#sending || Date.now() - this.#last < INTERVAL_MS) return;
    this.#last = Date.now();
    const preview = this.#preview;
    this.#preview = undefined;
    this.#sending = this.#pass(progress, preview)
      .catch(() => undefined)
      .finally(() => {
        this.#sending = undefined;
      });
  };

  /** Waits for the report that is under way, and forgets the preview. */
  async end(): Promise<void> {
    await this.#sending;
    if (this.#stored !== undefined) await this.#previews.delete(this.#stored).catch(() => undefined);
  }

  async #pass({ step, steps, loss, remainingMilliseconds }: EngineProgress, preview?: Picture): Promise<void> {
    const progress: LearnProgress = { v: 1, step, steps, loss, remainingMilliseconds };
    if (preview) {
      const old = this.#stored;
      this.#stored = await this.#previews.put(await encodePreview(preview));
      progress.preview = this.#stored;
      if (old !== undefined && old !== this.#stored) await this.#previews.delete(old);
    }
    await this.#send(progress);
  }
}
