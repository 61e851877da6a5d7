import { isDeepStrictEqual } from "node:util";
import type { RawFile } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import type { Log } from "../../log/createLog.ts";
import type { EditProgress } from "../../queue/contract/EditProgress.ts";
import { type LineSources, readLine } from "../../queue/readLine.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { cancelRow } from "../cancelling/cancelRow.ts";
import { textsFor } from "../texts/textsFor.ts";
import { faultOf } from "./discordCode.ts";
import type { Postbox } from "./Postbox.ts";
import type { ProgressMessages } from "./ProgressMessages.ts";
import { ProgressReporter } from "./ProgressReporter.ts";
import { type ProgressView, progressText } from "./progressText.ts";
import type { ReplyHandles } from "./ReplyHandles.ts";

/** Discord bears one edit of a message per second; people read slower. Milliseconds. */
export const PROGRESS_INTERVAL_MS = 3_000;
const FIRST_MS = 600;

/** A forecast that moves by less than this is left as it is: a time that jumps about says less. Milliseconds. */
const STEADY_MS = 5_000;

export interface BoardOptions extends LineSources {
  readonly previews: BlobStore;
  readonly replies: ReplyHandles;
  readonly messages: ProgressMessages;
  readonly postbox: Postbox;
  readonly log: Log;
  readonly intervalMs?: number;
}

interface Shown {
  readonly view: ProgressView;
  readonly preview: string | undefined;
}

interface Entry {
  /** Where a message of the channel shows it; undefined for a private reply. */
  readonly channel: string | undefined;
  readonly reporter: ProgressReporter<Shown>;
  shown: Shown;
}

/**
 * How much of the interval each message in one channel adds for the others there: Discord bears five edits in five
 * seconds per channel, whatever the message, and a bot that has to wait for that delivers late.
 */
const SHARE = 0.5;

/** Keeps the deferred replies and messages of running edits up to date. What it forgets in a crash is only progress. */
export class ProgressBoard {
  readonly #options: BoardOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#lookAtQueue(), options.intervalMs ?? PROGRESS_INTERVAL_MS);
    this.#timer.unref();
  }

  /**
   * Begins to report on a turn; one that is reported on already stays as it is.
   * @param active whether a worker makes it just now
   */
  track(turn: Turn, active = false): void {
    if (this.#entries.has(turn.id)) return;
    const channel = turn.instructionMessage === null ? undefined : turn.channel;
    const reporter = new ProgressReporter<Shown>({
      show: (shown, signal) => this.#show(turn, shown, signal),
      onError: (error) => this.#mayGoOn(turn.id, error),
      intervalMs: () => this.#intervalOf(channel),
      firstMs: FIRST_MS,
    });
    const view = { kind: "waiting", position: undefined, workers: true } as const;
    this.#entries.set(turn.id, { channel, reporter, shown: { view, preview: undefined } });
    if (active) this.onActive(turn.id);
    else void this.#lookAtQueue();
  }

  onActive(turnId: string): void {
    this.#change(turnId, { view: { kind: "working", step: 0, steps: 0 }, preview: undefined });
  }

  onProgress(turnId: string, { step, steps, preview }: EditProgress): void {
    const before = this.#entries.get(turnId)?.shown.preview;
    this.#change(turnId, { view: { kind: "working", step, steps }, preview: preview ?? before });
  }

  /** Ends the reports on a turn; afterwards its reply is free for other use. */
  async stop(turnId: string): Promise<void> {
    const entry = this.#entries.get(turnId);
    this.#entries.delete(turnId);
    await entry?.reporter.stop();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#entries.keys()].map((turnId) => this.stop(turnId)));
  }

  #change(turnId: string, shown: Shown): void {
    const entry = this.#entries.get(turnId);
    if (!entry || isDeepStrictEqual(entry.shown, shown)) return;
    entry.shown = shown;
    entry.reporter.update(shown);
  }

  /** One look for all who wait. */
  async #lookAtQueue(): Promise<void> {
    const waiting = [...this.#entries].filter(([, { shown }]) => shown.view.kind === "waiting");
    if (waiting.length === 0) return;
    try {
      const { edits, workers } = await readLine(this.#options);
      const places = new Map(edits.map((edit) => [edit.turnId, edit]));
      for (const [turnId] of waiting) {
        const edit = places.get(turnId);
        const before = this.#entries.get(turnId)?.shown.view;
        // A job that is in neither place is between two attempts; one that was taken says so itself.
        if (!edit || edit.position === 0 || before?.kind !== "waiting") continue;
        const view = { kind: "waiting" as const, position: edit.position, workers: workers > 0 };
        const doneAt = steady(before.doneAt, edit.doneInMs);
        this.#change(turnId, { view: doneAt === undefined ? view : { ...view, doneAt }, preview: undefined });
      }
    } catch (error) {
      this.#options.log.debug("no look at the queue", { error });
    }
  }

  async #show(turn: Turn, { view, preview }: Shown, signal: AbortSignal): Promise<void> {
    const { replies, messages, postbox, previews } = this.#options;
    const byMessage = turn.instructionMessage !== null;
    const token = byMessage ? undefined : await replies.find(turn.id);
    if (token === undefined && !byMessage) return;
    const files: RawFile[] = [];
    if (preview !== undefined) {
      const bytes = await previews.get(preview).catch(() => undefined);
      if (bytes) files.push({ name: "preview.png", data: Buffer.from(bytes) });
    }
    const attachments = files.map(({ name }, id) => ({ id, filename: name }));
    const texts = textsFor(byMessage ? turn.channelLocale : turn.locale);
    const body = { content: progressText(view, texts), attachments, components: [cancelRow(turn.id, texts)] };
    if (token === undefined) await messages.show(turn, body, files, signal);
    else await postbox.editReply(token, body, files, signal);
  }

  #intervalOf(channel: string | undefined): number {
    const { intervalMs = PROGRESS_INTERVAL_MS } = this.#options;
    if (channel === undefined) return intervalMs;
    const there = [...this.#entries.values()].filter((entry) => entry.channel === channel).length;
    return intervalMs * Math.max(1, SHARE * there);
  }

  #mayGoOn(turnId: string, error: unknown): boolean {
    this.#options.log.debug("progress was not shown", { turnId, error });
    return faultOf(error) === "passing";
  }
}

function steady(before: number | undefined, doneInMs: number | undefined): number | undefined {
  if (doneInMs === undefined) return undefined;
  const now = Date.now() + doneInMs;
  return before !== undefined && Math.abs(before - now) < STEADY_MS ? before : now;
}
