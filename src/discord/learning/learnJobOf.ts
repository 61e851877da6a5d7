import type { GuildTask, Training } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import type { LearnJob } from "../../queue/contract/LearnJob.ts";

/** The job of a task's training. Examples cannot change meanwhile, so the same training always gives the same job. */
export async function learnJobOf(task: GuildTask, training: Training, tasks: GuildTaskStore): Promise<LearnJob> {
  const common = { v: 1, trainingId: training.id, taskId: task.id, requestedAt: training.startedAt } as const;
  if (training.kind === "check") {
    // Under the file's own name: that is what the engine knows it by.
    const { fileName: name, sha256: file } = task.learned ?? { fileName: task.name, sha256: "0".repeat(64) };
    return { ...common, kind: "check", name, file };
  }
  const examples = (await tasks.examples(task.id)).map(({ before, after, instruction }) => ({
    ...{ before: before.sha256, after: after.sha256, instruction },
  }));
  const { seed, steps, vectors } = training;
  return {
    ...{ ...common, kind: "learn", name: task.name, description: task.description, examples, seed },
    ...(steps === undefined ? {} : { steps }),
    ...(vectors === undefined ? {} : { vectors }),
  };
}
