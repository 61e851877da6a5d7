import { setTimeout as sleep } from "node:timers/promises";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { CutConnection } from "./CutConnection.ts";
import type { HubSettings } from "./hubSettings.ts";
import { refusal } from "./refusal.ts";

export interface ConnectionOptions {
  /** Tries after the first one, in a row without any progress. */
  readonly retries?: number;
  /** Milliseconds before the first of them; doubles each time. */
  readonly retryDelay?: number;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly stallTimeout?: number;
  /** Told before each new try. */
  readonly onRetry?: (reason: string, milliseconds: number) => void;
}

/** What a request is about, for messages. */
export interface Subject {
  readonly id: string;
  readonly revision: string;
  readonly path?: string;
}

const maxRedirects = 10;
const maxRetryAfter = 5 * 60_000;

/**
 * Requests to the hub: redirects, patience, and where the token may go. It is sent to the hub's own origin only;
 * redirects elsewhere (the stores of large files) go without it.
 */
export class HubConnection {
  readonly settings: HubSettings;
  readonly #retries: number;
  readonly #retryDelay: number;
  readonly #stallTimeout: number;
  readonly #onRetry: (reason: string, milliseconds: number) => void;

  constructor(settings: HubSettings, options: ConnectionOptions = {}) {
    this.settings = settings;
    this.#retries = options.retries ?? 5;
    this.#retryDelay = options.retryDelay ?? 500;
    this.#stallTimeout = options.stallTimeout ?? 60_000;
    this.#onRetry = options.onRetry ?? (() => undefined);
  }

  /**
   * One GET request, redirects followed, not retried.
   * @returns an answer with status 2xx or 416
   * @throws EmendError for what the hub refuses; CutConnection for what may work when tried again
   */
  async request(
    url: string,
    what: Subject,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const { endpoint, token } = this.settings;
    const origin = new URL(endpoint).origin;
    let at = new URL(url);
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const authorization = token !== undefined && at.origin === origin ? { authorization: `Bearer ${token}` } : {};
      const all = { "user-agent": "emend", "accept-encoding": "identity", ...headers, ...authorization };
      const response = await this.#fetch(at, all, signal);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status === 416) return response;
      await response.body?.cancel().catch(() => undefined);
      if (response.status >= 400 || location === null) throw this.#refused(response, what);
      const next = URL.parse(location, at.href);
      if (!next || !/^https?:$/.test(next.protocol) || (at.protocol === "https:" && next.protocol === "http:")) {
        throw badModel(what.id, "is refused: the hub redirects to an address that is no https one");
      }
      at = next;
    }
    throw badModel(what.id, `is refused: the hub redirects more than ${maxRedirects} times`);
  }

  async #fetch(url: URL, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const controller = new AbortController();
    const signals = signal ? [signal, controller.signal] : [controller.signal];
    try {
      const answer = fetch(url, { headers, redirect: "manual", signal: AbortSignal.any(signals) });
      return await this.#watched(answer, () => controller.abort());
    } catch (error) {
      if (signal?.aborted) throw new EmendError("cancelled", "cancelled", { cause: error });
      throw new CutConnection(`${url.host}: ${reasonOf(error)}`, { cause: error });
    }
  }

  #refused(response: Response, what: Subject): Error {
    const { status, headers } = response;
    if (status === 429 || status >= 500 || status === 408) {
      const reason = status === 429 ? "the hub asks to slow down (429)" : `the hub answers ${status}`;
      const seconds = Number(headers.get("retry-after") ?? Number.NaN);
      return new CutConnection(reason, seconds >= 0 ? { retryAfter: seconds * 1000 } : {});
    }
    return refusal(response, {
      ...what,
      endpoint: this.settings.endpoint,
      hasToken: this.settings.token !== undefined,
    });
  }

  /** A promise that is given up when nothing comes for too long. */
  async #watched<T>(promise: Promise<T>, giveUp: () => unknown): Promise<T> {
    const { promise: stalled, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error(`nothing came for ${this.#stallTimeout / 1000} s`));
      void giveUp();
    }, this.#stallTimeout);
    try {
      return await Promise.race([promise, stalled]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs something that throws CutConnection, again after a while; `progressed` says whether to count from zero. */
  async retrying<T>(work: () => Promise<T>, progressed: () => boolean, signal?: AbortSignal): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (signal?.aborted) throw new EmendError("cancelled", "cancelled", { cause: error });
        if (!(error instanceof CutConnection)) throw error;
        if (progressed()) failures = 0;
        if (failures >= this.#retries) throw error;
        const wait = error.retryAfter ?? Math.min(this.#retryDelay * 2 ** failures, 30_000);
        if (wait > maxRetryAfter) throw error;
        this.#onRetry(error.reason, wait);
        await sleep(wait, undefined, { signal }).catch((cause: unknown) => {
          throw new EmendError("cancelled", "cancelled", { cause });
        });
      }
    }
  }

  /** The chunks of a body; a cut or stalled connection ends in CutConnection. */
  async *chunks(response: Response, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const reader = response.body?.getReader();
    if (!reader) return;
    try {
      for (;;) {
        const { done, value } = await this.#watched(reader.read(), () => reader.cancel());
        if (done) return;
        signal?.throwIfAborted();
        yield value;
      }
    } catch (error) {
      if (error instanceof EmendError || signal?.aborted) throw error;
      throw new CutConnection(reasonOf(error), { cause: error });
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  /** Reads a small body whole. @throws EmendError `bad_model` beyond the limit */
  async read(label: string, response: Response, limit: number, signal?: AbortSignal): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.chunks(response, signal)) {
      length += chunk.length;
      if (length > limit) throw badModel(label, `is refused: the hub sends more than ${limit} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }
}

/** The innermost reason of a failed fetch: "fetch failed" alone says nothing. */
function reasonOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const { code, message } = inner as NodeJS.ErrnoException;
  return code ?? message ?? String(inner);
}
