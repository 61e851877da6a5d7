/** Where the slider's line can stand. Percent from the left. */
export const POSITIONS = [10, 30, 50, 70, 90] as const;
export const MIDDLE = 50;

/** The key of a button that moves the slider of a turn's comparison. */
export const slideKey = (turnId: string, percent: number): string => `${turnId}_${percent}`;

/** What `slideKey` made; of anything else, a turn that nobody has, or the middle. */
export function parseSlide(key: string): { turnId: string; percent: number } {
  const at = key.lastIndexOf("_");
  const percent = POSITIONS.find((each) => String(each) === key.slice(at + 1)) ?? MIDDLE;
  return { turnId: key.slice(0, Math.max(0, at)), percent };
}
