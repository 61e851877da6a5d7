let last: Promise<unknown> = Promise.resolve();

/**
 * One drawing of this process at a time, in the order of asking: each holds whole pictures in memory, and everybody
 * in a channel may press its buttons.
 */
export function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const mine = last.then(draw);
  last = mine.catch(() => undefined);
  return mine;
}
