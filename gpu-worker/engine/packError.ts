import { inspect } from "node:util";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { SentError } from "./messages.ts";

/** An error as it crosses to the parent; what nobody foresaw becomes `engine_failed`, its text only in the detail. */
export function packError(error: unknown): SentError {
  const detail = inspect(error);
  if (error instanceof EmendError) return { code: error.code, message: error.message, detail };
  return { code: "engine_failed", message: "the engine reported an internal error; try again.", detail };
}

export function unpackError({ code, message, detail }: SentError): EmendError {
  return new EmendError(code, message, { cause: detail });
}
