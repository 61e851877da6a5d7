import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const bundled = fileURLToPath(new URL("../../models/predictor", import.meta.url));

/** The task predictor's folder: EMEND_PREDICTOR (relative to the working directory), or the bundled models/predictor. */
export function resolvePredictorFolder(env: { readonly EMEND_PREDICTOR?: string | undefined }): string {
  return env.EMEND_PREDICTOR === undefined ? bundled : resolve(env.EMEND_PREDICTOR);
}
