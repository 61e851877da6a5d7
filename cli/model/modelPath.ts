import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";

/** The checkpoint that an argument names, else the one that emend would use. @throws EmendError */
export const modelPath = (name: string | undefined): string =>
  resolveModelFolder(name === undefined ? readEnv() : { EMEND_MODEL: name });
