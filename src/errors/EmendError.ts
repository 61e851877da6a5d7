/**
 * The closed set of failures that a person can be told about. The code is stable: it crosses the queue, names the
 * translation, and decides the exit code of the command line.
 */
export const errorCodes = [
  "bad_usage", // a wrong option or value on the command line, in a command or in the environment
  "bad_image", // the file is not a picture that we read, or is damaged
  "image_too_large", // more pixels or bytes than the configured limit
  "bad_instruction", // empty or too long
  "unknown_task",
  "no_edit", // the instruction does not ask for an edit
  "unsafe_picture", // the safety check refuses the picture that shall be edited
  "unsafe_result", // … or what the edit made of it
  "bad_model", // the checkpoint folder is incomplete, damaged, or uses a switch that is not supported
  "not_found", // a file or record that should be there is not
  "cancelled",
  "expired", // waited longer than the result could still be delivered
  "queue_unavailable", // Redis is down or full
  "engine_failed", // the engine process died or reported an internal error
  "download_failed",
  "limit_reached", // as many edits as are allowed wait already, or were made today
  "forbidden", // missing permission of the member or of the bot
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Codes that are the asker's to mend: exit code 2, a private reply, never retried. */
const inputCodes: ReadonlySet<ErrorCode> = new Set([
  "bad_usage",
  "bad_image",
  "image_too_large",
  "bad_instruction",
  "unknown_task",
  "no_edit",
  "unsafe_picture",
  "unsafe_result",
  "bad_model",
  "not_found",
  "limit_reached",
  "forbidden",
]);

/** Codes after which the same request may work when it is tried again. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set(["queue_unavailable", "engine_failed", "download_failed"]);

/** An error whose `message` is one line, safe to show to a person, and says what to do. Details go into `cause`. */
export class EmendError extends Error {
  override readonly name: string = "EmendError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  get isInputError(): boolean {
    return inputCodes.has(this.code);
  }

  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}
