import type { EditProgress } from "../src/queue/contract/EditProgress.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { encodePreview } from "./encodeForDisplay.ts";
import type { EditProgress as EngineProgress } from "./engine/EditEngine.ts";
import type { Picture } from "./image/Picture.ts";

/** The bot shows progress every 3 s; more than this only fills the event stream. Milliseconds. */
const STEP_INTERVAL_MS = 400;
const PREVIEW_INTERVAL_MS = 2_000;

/** Passes the engine's steps on to the queue, not too often, and stores previews for those who look. */
export class ProgressSender {
  readonly #previews: BlobStore;
  readonly #send: (progress: EditProgress) => Promise<unknown>;
  readonly #stored = new Set<string>();
  #lastStep = Number.NEGATIVE_INFINITY;
  #lastPreview = Date.now() - PREVIEW_INTERVAL_MS / 2;
  #preview: Picture | undefined;
  #sending: Promise<void> | undefined;

  /** @param send may fail: progress is a courtesy, and a failure is forgotten */
  constructor(previews: BlobStore, send: (progress: EditProgress) => Promise<unknown>) {
    this.#previews = previews;
    this.#send = send;
  }

  /** Drops the report when the one before is still under way or was just sent. */
  readonly report = (progress: EngineProgress): void => {
    const now = Date.now();
    this.#preview = progress.preview ?? this.#preview;
    if (this.#sending || now - this.#lastStep < STEP_INTERVAL_MS) return;
    this.#lastStep = now;
    const preview = now - this.#lastPreview >= PREVIEW_INTERVAL_MS ? this.#preview : undefined;
    if (preview) this.#lastPreview = now;
    this.#sending = this.#pass(progress, preview)
      .catch(() => undefined)
      .finally(() => {
        this.#sending = undefined;
      });
  };

  /** Waits for the report that is under way, and forgets the previews. */
  async end(): Promise<void> {
    await this.#sending;
    for (const sha256 of this.#stored) await this.#previews.delete(sha256).catch(() => undefined);
  }

  async #pass({ step, steps }: EngineProgress, preview: Picture | undefined): Promise<void> {
    const progress: EditProgress = { v: 1, step, steps };
    if (preview) {
      progress.preview = await this.#previews.put(await encodePreview(preview));
      this.#stored.add(progress.preview);
    }
    await this.#send(progress);
  }
}
