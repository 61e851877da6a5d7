import type { Turn } from "../../conversation/Turn.ts";
import type { EditJob } from "../../queue/contract/EditJob.ts";

/** The job of a turn. The same turn gives the same job, whenever it is asked for. */
export function jobOf(turn: Turn): EditJob {
  const { id: turnId, instruction, task, seed, profile, steps, textGuidance, imageGuidance, alpha, learned } = turn;
  const { ageRestricted, source } = turn;
  return {
    ...{ v: 1, turnId, instruction, task, seed, source },
    ...(profile === undefined ? {} : { profile }),
    ...(steps === undefined ? {} : { steps }),
    ...(textGuidance === undefined ? {} : { textGuidance }),
    ...(imageGuidance === undefined ? {} : { imageGuidance }),
    ...(alpha === undefined ? {} : { alpha }),
    ...(learned === undefined ? {} : { learned }),
    ...(ageRestricted === undefined ? {} : { ageRestricted }),
    ...{ requestedAt: turn.requestedAt, deadline: turn.deadline },
  };
}
