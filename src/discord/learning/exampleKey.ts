import { createHash } from "node:crypto";
import type { Example } from "../../learning/Example.ts";

/** Names an example in a menu, whatever else is added or taken out meanwhile. */
export const exampleKey = (example: Example): string =>
  createHash("sha256").update(JSON.stringify(example)).digest("hex").slice(0, 32);
