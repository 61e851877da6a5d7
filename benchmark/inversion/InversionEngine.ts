import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import type { LearningEngine } from "../../gpu-worker/engine/learning.ts";
import { readEnv } from "../../src/env.ts";

/** What this benchmark needs of an engine. */
export type InversionEngine = EditEngine & LearningEngine;

/** @throws EmendError `bad_model` */
export const openInversionEngine = (folder: string): Promise<InversionEngine> =>
  LocalEngine.open(folder, { device: readEnv().EMEND_DEVICE });
