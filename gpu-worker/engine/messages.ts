import type { ErrorCode } from "../../src/errors/EmendError.ts";
import type { EditProgress, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import type { EngineOptions } from "./LocalEngine.ts";
import type { LearnProgress, LearnRequest, LearnResult } from "./learning.ts";

/** The child's first argument, as JSON. */
export interface ChildArguments extends EngineOptions {
  readonly folder: string;
}

/** What the parent sends; pictures travel as they are (structured clone). */
export type ToChild =
  | { readonly type: "edit"; readonly id: number; readonly request: EditRequest; readonly previews: boolean }
  | { readonly type: "learn"; readonly id: number; readonly request: LearnRequest }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "close" };

/** What the child sends: once `ready` or `failed`, then answers. */
export type ToParent =
  | { readonly type: "ready"; readonly info: EngineInfo }
  | { readonly type: "failed"; readonly error: SentError }
  | { readonly type: "progress"; readonly id: number; readonly progress: EditProgress | LearnProgress }
  | { readonly type: "done"; readonly id: number; readonly result: EditResult | LearnResult }
  | { readonly type: "error"; readonly id: number; readonly error: SentError };

/** An `EmendError` on its way between processes. */
export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
  /** The stack, for the log. */
  readonly detail: string;
}
