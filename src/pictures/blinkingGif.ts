import sharp from "sharp";
import type { ComparedPictures } from "./ComparedPictures.ts";
import { captioned } from "./captioned.ts";

/** Each picture's time. Far below three changes a second, from which flashing can harm people (WCAG 2.3.1). */
export const BLINK_MS = 1_000;

/** Both pictures in turns, for ever: what differs jumps to the eye. GIF of two frames. */
export async function blinkingGif({ before, after, words }: ComparedPictures): Promise<Uint8Array> {
  const { width, height } = before;
  const frames = [
    captioned(width, height, [{ text: words.before, x: width / 2 }], (context) => context.drawImage(before, 0, 0)),
    captioned(width, height, [{ text: words.after, x: width / 2 }], (context) => context.drawImage(after, 0, 0)),
  ] as const;
  const [page] = frames;
  const raw = { width: page.width, height: 2 * page.height, channels: 4 as const, pageHeight: page.height };
  return sharp(Buffer.concat(frames.map((frame) => frame.data())), { raw })
    .gif({ delay: [BLINK_MS, BLINK_MS], loop: 0, effort: 4, keepDuplicateFrames: true })
    .toBuffer();
}
