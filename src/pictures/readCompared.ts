import sharp from "sharp";
import type { ComparedPictures } from "./ComparedPictures.ts";
import { thumbnail } from "./thumbnail.ts";

/** Longest side of what is compared: what fits a message is a few hundred wide, and a GIF of more is heavy. Pixels. */
const LONGEST = 800;
/** Tiny pictures grow, so that there is something to see. Pixels. */
const SHORTEST = 320;

/**
 * Brings both to the size of the second, within limits. Only for files that our own worker wrote.
 * @param before,after picture files
 */
export async function readCompared(
  before: Uint8Array,
  after: Uint8Array,
  words: ComparedPictures["words"],
): Promise<ComparedPictures> {
  const { width, height } = await sharp(after, { limitInputPixels: false }).metadata();
  const longest = Math.max(width, height);
  const scale = Math.min(LONGEST, Math.max(SHORTEST, longest)) / longest;
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    fit: "fill" as const,
  };
  return { before: await thumbnail(before, size), after: await thumbnail(after, size), words };
}
