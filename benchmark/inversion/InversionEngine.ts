import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import type { LearningEngine } from "../../gpu-worker/engine/learning.ts";
import { readEnv } from "../../src/env.ts";

/** What this benchmark needs of an engine. */
export type InversionEngine = EditEngine & LearningEngine;

/** @throws EmendError `bad_model` */
export async function openInversionEngine(folder: string): Promise<InversionEngine> {
  const engine = await LocalEngine.open(folder, { device: readEnv().EMEND_DEVICE });
  // THE MARKED PLACE: goes away, cast and all, when LocalEngine implements LearningEngine.
  return engine as LocalEngine & LearningEngine;
}
