/**
 * When each of the edits will be done, if they are made in this order by so many workers and nobody comes in between.
 * @param running how long each running edit will still take
 * @param waiting how long each waiting edit takes, the next one first
 * @returns milliseconds from now, in the order of `waiting`
 */
export function forecast(running: readonly number[], waiting: readonly number[], workers: number): number[] {
  const free = running.concat(Array.from({ length: Math.max(workers - running.length, 0) }, () => 0));
  if (free.length === 0) return waiting.map(() => Number.POSITIVE_INFINITY);
  return waiting.map((milliseconds) => {
    const next = free.indexOf(Math.min(...free));
    const done = (free[next] as number) + milliseconds;
    free[next] = done;
    return done;
  });
}
