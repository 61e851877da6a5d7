import { createHash } from "node:crypto";
import type { EditPair } from "../../world/pairOf.ts";

/** Twelve hexadecimal digits that change whenever the instruction or one of the pictures does. */
export function pairPrint({ instruction, source, target }: EditPair<string>): string {
  return createHash("sha256").update(source.data).update(target.data).update(instruction).digest("hex").slice(0, 12);
}
