import { EmendError } from "../../src/errors/EmendError.ts";

/** A `bad_model` error: one line that names the file and says what is wrong with it and what to do. */
export const badModel = (file: string, problem: string, cause?: unknown): EmendError =>
  new EmendError("bad_model", `${file}: ${problem}`, cause === undefined ? {} : { cause });
