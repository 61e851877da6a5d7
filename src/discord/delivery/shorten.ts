/** At most `length` UTF-16 units, without half a character at the end. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.slice(0, length - 1).toWellFormed();
  return `${start.replace(/\uFFFD$/, "")}…`;
}
