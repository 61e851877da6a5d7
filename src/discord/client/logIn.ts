import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Events } from "discord.js";
import { EmendError } from "../../errors/EmendError.ts";

/** Discord allows 1,000 logins a day and then resets the token, so a boot loop must slow down. Milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const READY_LIMIT_MS = 60_000;

/**
 * Logs in, and resolves with the client when it is ready; tries again for as long as Discord cannot be reached.
 * @param onRetry one line to tell whoever waits
 * @throws EmendError `bad_usage` when trying again cannot help: the token or an intent is refused
 */
export async function logIn(
  makeClient: () => Client<boolean>,
  token: string,
  onRetry: (line: string) => void,
  signal: AbortSignal,
): Promise<Client<true>> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    // A new one for every try: a client whose login failed waits for ever when it is asked again.
    const client = makeClient();
    try {
      const ready = untilReady(client, signal);
      ready.catch(() => undefined);
      await client.login(token);
      await ready;
      return client as Client<true>;
    } catch (error) {
      await client.destroy();
      signal.throwIfAborted();
      const final = explain(error);
      if (final) throw final;
      const seconds = Math.round(pause / 1000);
      onRetry(`Discord cannot be reached (${reasonOf(error)}); trying again in ${seconds} s`);
    }
    await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal });
  }
}

function untilReady(client: Client<boolean>, signal: AbortSignal): Promise<void> {
  if (client.isReady()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      client.off(Events.ClientReady, onReady);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const onReady = () => finish(resolve);
    const onAbort = () => finish(() => reject(signal.reason));
    const timer = setTimeout(() => finish(() => reject(new Error("no answer after the login"))), READY_LIMIT_MS);
    client.once(Events.ClientReady, onReady);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Errors that only a person can mend. */
function explain(error: unknown): EmendError | undefined {
  const { code, status } = error as { code?: unknown; status?: unknown };
  const text = error instanceof Error ? error.message : "";
  if (code === "TokenInvalid" || status === 401 || /4004/.test(text)) {
    return new EmendError(
      "bad_usage",
      "Discord does not accept DISCORD_TOKEN; make a new one on the Bot page of the developer portal",
      { cause: error },
    );
  }
  if (code === "DisallowedIntents" || /disallowed intents|4014/i.test(text)) {
    return new EmendError(
      "bad_usage",
      "Discord refuses an intent that the bot asks for; switch it on on the Bot page of the developer portal",
      { cause: error },
    );
  }
  return undefined;
}

/** A word or two that carry no address. */
function reasonOf(error: unknown): string {
  const { status, code, cause } = error as { status?: unknown; code?: unknown; cause?: { code?: unknown } };
  return String(status ?? cause?.code ?? code ?? "no connection");
}
