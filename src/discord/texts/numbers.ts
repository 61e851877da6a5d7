/** Whole MiB, for limits. */
export const inMiB = (bytes: number) => String(Math.floor(bytes / 2 ** 20));

/** Megapixels with one digit after the given decimal sign, none when it is zero. */
export function inMegapixels(pixels: number, decimalSign: string): string {
  const text = (Math.floor(pixels / 1e5) / 10).toString();
  return text.replace(".", decimalSign);
}
