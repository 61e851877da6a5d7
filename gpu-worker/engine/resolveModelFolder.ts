import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const bundled = fileURLToPath(new URL("../../models/mini", import.meta.url));

/** The checkpoint folder: EMEND_MODEL (relative to the working directory), or the bundled models/mini. */
export function resolveModelFolder(env: { readonly EMEND_MODEL?: string | undefined }): string {
  return env.EMEND_MODEL === undefined ? bundled : resolve(env.EMEND_MODEL);
}
