import type { GuildTask } from "../../learning/GuildTask.ts";
import type { LearnOutcome } from "../../queue/contract/LearnOutcome.ts";

/** A task after its training ended; as it is, when that was noted before. */
export function applyOutcome(task: GuildTask, outcome: LearnOutcome): GuildTask {
  const { training } = task;
  if (task.state !== "training" || !training) return task;
  if (outcome.status === "failed") {
    return { ...task, state: "draft", training: { ...training, ended: outcome.code } };
  }
  const ended = { ...training, ended: "done" as const };
  if (outcome.status === "checked") {
    return {
      ...task,
      state: "learned",
      training: ended,
      learned: task.learned && { ...task.learned, model: outcome.model },
    };
  }
  const { file, checkpoint, sheet, curve, steps, losses, milliseconds, model } = outcome;
  return {
    ...{ ...task, state: "learned", training: ended },
    learned: {
      ...{ sha256: file.sha256, bytes: file.bytes, fileName: task.name, checkpoint },
      ...{ model, steps, losses, milliseconds, sheet, curve },
    },
  };
}
