import type { EmendError, ErrorCode } from "../errors/EmendError.ts";
import { PictureProblem } from "../images/PictureProblem.ts";
import { TaskProblem } from "../learning/TaskProblem.ts";
import { Refusal } from "./Refusal.ts";
import type { Texts } from "./texts/en.ts";

/** What the asker reads about an error: its own words, or those for its code. Never the words of a foreign error. */
export function sayError(error: EmendError, texts: Texts, supportCode: string): string {
  if (error instanceof Refusal) return error.say(texts);
  if (error instanceof PictureProblem) return texts.problems.picture(error.fault);
  if (error instanceof TaskProblem) return texts.problems.task(error.fault);
  return sayCode(error.code, texts, supportCode);
}

export function sayCode(code: ErrorCode, texts: Texts, supportCode: string): string {
  const text = texts.problems[code];
  return typeof text === "function" ? text(supportCode) : text;
}
