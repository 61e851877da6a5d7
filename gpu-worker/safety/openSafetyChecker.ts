import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { EmendError } from "../../src/errors/EmendError.ts";
import { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { ClassifierChecker } from "./ClassifierChecker.ts";
import { ConceptChecker } from "./ConceptChecker.ts";
import type { SafetyChecker } from "./SafetyChecker.ts";
import type { SafetySetting } from "./SafetySetting.ts";

/**
 * Opens what shall check a checkpoint's pictures. A folder that was named is a classifier, a `safety_checker`, or holds
 * one beside its `feature_extractor` as checkpoints do: so a checkpoint can lend its checker to others.
 * @returns undefined when nothing checks: it is off, or "auto" and the checkpoint has none
 * @throws EmendError `bad_model`, `bad_usage`
 */
export async function openSafetyChecker(
  checkpoint: { readonly folder: string; readonly name: string },
  { checker, labels, threshold }: SafetySetting,
  context: ModelContext,
): Promise<SafetyChecker | undefined> {
  if (checker === "off") return undefined;
  if (checker === "auto") {
    return hasChecker(checkpoint.folder) ? openOwn(checkpoint, context) : undefined;
  }
  const { folder, name } = checker;
  if (!existsSync(folder)) {
    throw new EmendError("bad_usage", `EMEND_SAFETY: there is no folder ${folder}; or set it to auto or off.`);
  }
  if (hasChecker(folder)) return openOwn(checker, context);
  const part = new CheckpointPart(folder, "");
  const { model_type } = await part.readJson("config.json", z.object({ model_type: z.string() }));
  if (model_type !== "clip") {
    return ClassifierChecker.open(name, part, { labels, threshold }, context);
  }
  const extractor = existsSync(join(folder, "preprocessor_config.json"))
    ? part
    : new CheckpointPart(dirname(folder), "feature_extractor");
  return ConceptChecker.open(name, part, extractor, context);
}

/** The folder alone counts: a checker of which half is missing must be told about, not be left out. */
const hasChecker = (folder: string): boolean => existsSync(join(folder, "safety_checker"));

const openOwn = (
  { folder, name }: { readonly folder: string; readonly name: string },
  context: ModelContext,
): Promise<SafetyChecker> =>
  ConceptChecker.open(
    `the safety checker of ${name}`,
    new CheckpointPart(folder, "safety_checker"),
    new CheckpointPart(folder, "feature_extractor"),
    context,
  );
