import { EmendError } from "../errors/EmendError.ts";
import { COMMAND_TIMEOUT_MS } from "./redisConnection.ts";

/**
 * The promise's value, or `queue_unavailable` after 2 s or when it rejects. The connection's own time limit is not
 * enough: BullMQ waits for ever for a connection that was never made.
 */
export async function redisCall<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = () => reject(new Error(`no answer from Redis within ${COMMAND_TIMEOUT_MS} ms`));
    timer = setTimeout(late, COMMAND_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, limit]);
  } catch (cause) {
    if (cause instanceof EmendError) throw cause;
    throw new EmendError("queue_unavailable", "the queue cannot be reached just now; try again in a minute", { cause });
  } finally {
    clearTimeout(timer);
  }
}
