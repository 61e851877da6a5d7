import type { EditPair } from "../pairOf.ts";
import { npyBytes } from "./npy.ts";
import { tarEntry } from "./tar.ts";

/** The two WebDataset entries of a pair: KEY.pair.npy (uint8 [2, H, W, 3]: source, target) and KEY.json. */
export function sampleEntries(key: string, pair: EditPair<string>): Buffer {
  const { width, height } = pair.source;
  const pixels = new Uint8Array(pair.source.data.length * 2);
  pixels.set(pair.source.data);
  pixels.set(pair.target.data, pair.source.data.length);
  const { task, instructions, sourceCaption, targetCaption, seed } = pair;
  const json = JSON.stringify({ task, instructions, sourceCaption, targetCaption, seed });
  return Buffer.concat([
    tarEntry(`${key}.pair.npy`, npyBytes([2, height, width, 3], pixels)),
    tarEntry(`${key}.json`, Buffer.from(json)),
  ]);
}
