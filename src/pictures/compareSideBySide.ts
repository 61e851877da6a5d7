import type { ComparedPictures } from "./ComparedPictures.ts";
import { captioned, NARROWEST } from "./captioned.ts";
import { encodeCanvas } from "./encodeCanvas.ts";

/** Pixels. */
const GAP = 8;

/** Both pictures, the first one left; pictures that are much wider than high stand one below the other. WebP. */
export async function compareSideBySide({ before, after, words }: ComparedPictures): Promise<Uint8Array> {
  const { width, height } = before;
  const step = Math.max(width, NARROWEST / 2) + GAP;
  if (width > 2 * height) {
    const both = `${words.before} ↑   ${words.after} ↓`;
    const canvas = captioned(width, 2 * height + GAP, [{ text: both, x: width / 2 }], (context) => {
      context.drawImage(before, 0, 0);
      context.drawImage(after, 0, height + GAP);
    });
    return encodeCanvas(canvas);
  }
  const captions = [
    { text: words.before, x: width / 2 },
    { text: words.after, x: step + width / 2 },
  ];
  const canvas = captioned(step + width, height, captions, (context) => {
    context.drawImage(before, 0, 0);
    context.drawImage(after, step, 0);
  });
  return encodeCanvas(canvas);
}
