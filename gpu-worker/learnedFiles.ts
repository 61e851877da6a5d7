import { EmendError } from "../src/errors/EmendError.ts";
import type { TaskFiles } from "../src/learning/TaskFiles.ts";
import type { EditJob, LearnedRef } from "../src/queue/contract/EditJob.ts";
import type { EditResult } from "./engine/EditEngine.ts";

export interface LearnedForEdit {
  readonly learned: readonly Uint8Array[];
  /** The job's task, as the engine knows it: a file keeps the name that its task had when it was learned. */
  readonly task: string;
  /** The result with the names that the server uses. */
  rename(result: EditResult): EditResult;
}

/**
 * The learned tasks' files that an edit may use. One that is gone was deleted after the edit was asked for: the edit does
 * without it, unless it was asked for by name.
 * @throws EmendError `unknown_task`
 */
export async function learnedFiles(
  { task, learned = [] }: Pick<EditJob, "task" | "learned">,
  files: TaskFiles,
): Promise<LearnedForEdit> {
  const there: { ref: LearnedRef; bytes: Uint8Array }[] = [];
  for (const ref of learned) {
    try {
      there.push({ ref, bytes: await files.of(ref.id).get(ref.sha256) });
    } catch (error) {
      if (!(error instanceof EmendError) || error.code !== "not_found") throw error;
      if (ref.name === task) throw new EmendError("unknown_task", "that task was deleted meanwhile", { cause: error });
    }
  }
  const shown = new Map(there.map(({ ref }) => [ref.fileName, ref.name]));
  return {
    learned: there.map(({ bytes }) => bytes),
    task: there.find(({ ref }) => ref.name === task)?.ref.fileName ?? task,
    rename: (result) => ({
      ...result,
      ...(result.task === undefined ? {} : { task: shown.get(result.task) ?? result.task }),
      tasks: result.tasks.map(({ name, probability }) => ({ name: shown.get(name) ?? name, probability })),
    }),
  };
}
