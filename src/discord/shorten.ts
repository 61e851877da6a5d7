/** At most `length` UTF-16 units, without half a character at the end. */
export function shorten(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, "")}…`;
}
