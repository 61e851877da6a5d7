import { ORIGINAL } from "./historyTurns.ts";

/** Where the slider's line can stand. Percent from the left. */
export const POSITIONS = [10, 30, 50, 70, 90] as const;
export const MIDDLE = 50;

/** How `ORIGINAL` is written in custom ids, which have no room for its colon. */
const ORIGINAL_KEY = "original";

export interface Slide {
  readonly turnId: string;
  /** What stands left of the line instead of the turn's own source: another turn of the tree, or `ORIGINAL`. */
  readonly other?: string | undefined;
  readonly percent: number;
}

/** The key of a button that moves the slider of a comparison. Turns' ids are Discord's, so digits. */
export function slideKey({ turnId, other, percent }: Slide): string {
  return [turnId, other === ORIGINAL ? ORIGINAL_KEY : other, percent].filter((part) => part !== undefined).join("_");
}

/** What `slideKey` made; of anything else, a turn that nobody has, or the middle. */
export function parseSlide(key: string): Slide {
  const [, turnId = "", other, position] = /^([A-Za-z0-9-]+)_(?:([A-Za-z0-9-]+)_)?(\d+)$/.exec(key) ?? [];
  const percent = POSITIONS.find((each) => String(each) === position) ?? MIDDLE;
  return { turnId, other: other === ORIGINAL_KEY ? ORIGINAL : other, percent };
}
