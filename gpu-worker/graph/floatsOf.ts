import type { Initializer } from "./Graph.ts";
import { isFileRange } from "./Initializer.ts";
import { readRange } from "./readRange.ts";

/** A float32 constant's numbers, from wherever they lie. */
export async function floatsOf({ source }: Initializer): Promise<Float32Array> {
  const bytes = isFileRange(source) ? await readRange(source) : source;
  // A copy where the bytes do not stand at a multiple of four.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(whole.buffer, whole.byteOffset, whole.byteLength / 4);
}
