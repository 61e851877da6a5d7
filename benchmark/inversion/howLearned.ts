import { createHash } from "node:crypto";
import { defaultSteps, learnDefaults } from "../../gpu-worker/tasks/inversion/LearnSettings.ts";

/** Changes with the settings of learning: what was learned with others is learned anew. */
export const howLearned = createHash("sha256")
  .update(JSON.stringify([learnDefaults, defaultSteps]))
  .digest("hex")
  .slice(0, 6);
