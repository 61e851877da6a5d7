import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Outlines, readOutlines } from "./outlines.ts";

/** A typeface of written texts: a file of world/fonts, and what people call it. */
interface Face {
  /** "in a … font", "in … letters": the first is the caption's. */
  readonly words: readonly string[];
  /** Letters of narrow faces are made this much wider, so that they read at 64 pixels. */
  readonly widen?: number;
}

/** Append only: each name is a file `world/fonts/NAME.ttf` with its licence beside it. */
export const fonts = {
  sans: { words: ["plain", "sans serif", "simple", "plain sans"] },
  serif: { words: ["serif", "classic", "bookish"] },
  handwritten: { words: ["handwritten", "marker pen", "handwriting", "hand-drawn"] },
  typewriter: { words: ["typewriter", "monospaced", "typewritten"] },
  comic: { words: ["comic", "comic book", "cartoon"], widen: 1.18 },
  poster: { words: ["poster", "heavy slab", "wild west", "western"] },
  gothic: { words: ["gothic", "blackletter", "medieval", "old english"], widen: 1.3 },
  pixel: { words: ["pixel", "8-bit", "video game", "pixelated"] },
} as const satisfies Record<string, Face>;

export type FontName = keyof typeof fonts;
export const fontNames = Object.keys(fonts) as FontName[];

/** A font that is ready to draw with. */
export interface LoadedFont {
  readonly outlines: Outlines;
  /** Height of "H" in font units. */
  readonly capHeight: number;
  readonly widen: number;
}

const loaded = new Map<FontName, LoadedFont>();

export function fontOf(name: FontName): LoadedFont {
  let font = loaded.get(name);
  if (!font) {
    const outlines = readOutlines(readFileSync(join(import.meta.dirname, "..", "fonts", `${name}.ttf`)));
    font = { outlines, capHeight: topOf(outlines.of("H").commands), widen: (fonts[name] as Face).widen ?? 1 };
    loaded.set(name, font);
  }
  return font;
}

function topOf(commands: readonly number[]): number {
  let top = 0;
  for (let i = 0; i < commands.length; i += commands[i] === 2 ? 5 : 3) {
    top = Math.max(top, commands[i + (commands[i] === 2 ? 4 : 2)] as number);
  }
  return top;
}
