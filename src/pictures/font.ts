import { fileURLToPath } from "node:url";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";

const BUNDLED = "emend-sans";

/** Registered when a picture is first drawn, since nothing in this house does work at import. */
let isRegistered = false;

/**
 * The font of all drawings: the system's own for its many scripts, and a bundled Latin one for machines without fonts,
 * such as a slim container.
 * @param size pixels
 */
export function font(size: number, weight: "normal" | "bold" = "normal"): string {
  if (!isRegistered) {
    GlobalFonts.registerFromPath(fileURLToPath(new URL("../../world/fonts/sans.ttf", import.meta.url)), BUNDLED);
    isRegistered = true;
  }
  return `${weight} ${size}px "DejaVu Sans", "Noto Sans", "Segoe UI", Arial, sans-serif, "${BUNDLED}"`;
}

/** Pixels: enough to tell characters apart. */
const PROBE = 24;
/** For private use: no font draws it, so it shows what a character without a glyph looks like. */
const MISSING = "\u{10fffd}";
const known = new Map<string, boolean>();

/** Whether some font here can draw this character, instead of a box or nothing. */
export function isDrawable(character: string): boolean {
  if (/^[\x20-\x7e]*$/.test(character)) return true;
  let found = known.get(character);
  if (found === undefined) {
    const ink = inkOf(character);
    found = character.trim() === "" || (ink.some((value) => value !== 0) && !ink.equals(inkOf(MISSING)));
    if (known.size > 5_000) known.clear();
    known.set(character, found);
  }
  return found;
}

function inkOf(character: string): Buffer {
  const context = createCanvas(PROBE, PROBE).getContext("2d");
  context.font = font(PROBE / 2);
  context.fillText(character, 2, (PROBE * 3) / 4);
  return Buffer.from(context.getImageData(0, 0, PROBE, PROBE).data);
}
