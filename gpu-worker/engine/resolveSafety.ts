import { resolve } from "node:path";
import type { Env } from "../../src/env.ts";
import type { SafetySetting } from "../safety/SafetySetting.ts";

/** What EMEND_SAFETY, EMEND_SAFETY_LABELS and EMEND_SAFETY_THRESHOLD say; folders are relative to the working directory. */
export function resolveSafety(
  env: Pick<Env, "EMEND_SAFETY" | "EMEND_SAFETY_LABELS" | "EMEND_SAFETY_THRESHOLD">,
): SafetySetting {
  const { EMEND_SAFETY: checker } = env;
  return {
    checker: checker === "auto" || checker === "off" ? checker : { folder: resolve(checker), name: checker },
    labels: env.EMEND_SAFETY_LABELS.split(",")
      .map((label) => label.trim())
      .filter(Boolean),
    threshold: env.EMEND_SAFETY_THRESHOLD,
  };
}
