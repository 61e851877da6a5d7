/** How many of NAME.0, NAME.1, … there are, without a gap. @param names of tensors */
export function countOf(names: Iterable<string>, name: string): number {
  const numbers = new Set<number>();
  for (const other of names) {
    if (other.startsWith(`${name}.`)) numbers.add(Number.parseInt(other.slice(name.length + 1), 10));
  }
  let count = 0;
  while (numbers.has(count)) count++;
  return count;
}
