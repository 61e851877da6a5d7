import { blueprint, chalk, neon, pencilSketch, woodcut } from "./lines.ts";
import { comic, oil, popArt, watercolor } from "./paint.ts";
import type { Style } from "./Style.ts";
import { mosaic, pixelArt, stainedGlass } from "./tiles.ts";

/** Every art style. The order is part of the data: append, never reorder. */
export const styles: readonly Style[] = [
  ...[pencilSketch, pixelArt, watercolor, comic, stainedGlass, mosaic],
  ...[oil, blueprint, neon, chalk, popArt, woodcut],
];
