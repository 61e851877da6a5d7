import { EmendError, type ErrorCode } from "../errors/EmendError.ts";
import type { TaskState } from "./GuildTask.ts";

/** What is wrong with a wish about a server's tasks; the asker's language is chosen where it is shown. */
export type TaskFault =
  | { readonly kind: "bad-name" | "built-in-name" | "gone" | "file-too-large" | "bad-file" }
  | { readonly kind: "name-taken"; readonly name: string }
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "too-many-tasks"; readonly most: number }
  | { readonly kind: "too-many-examples"; readonly most: number; readonly have: number }
  | { readonly kind: "no-examples"; readonly name: string }
  /** The task is in a state in which that cannot be done. */
  | { readonly kind: "state"; readonly name: string; readonly state: TaskState }
  | { readonly kind: "not-in-training"; readonly name: string }
  /** Pictures do not come in pairs, or instructions do not fit the pairs. */
  | { readonly kind: "odd-pictures"; readonly pictures: number }
  | { readonly kind: "instructions"; readonly pairs: number; readonly instructions: number }
  /** The two pictures of an example have different sizes. */
  | { readonly kind: "sizes-differ"; readonly pair: number; readonly before: string; readonly after: string };

const codes: Partial<Record<TaskFault["kind"], ErrorCode>> = {
  gone: "not_found",
  unknown: "not_found",
  "sizes-differ": "bad_image",
};

export class TaskProblem extends EmendError {
  readonly fault: TaskFault;

  constructor(fault: TaskFault) {
    super(codes[fault.kind] ?? "bad_usage", `the task: ${fault.kind}`);
    this.fault = fault;
  }
}
