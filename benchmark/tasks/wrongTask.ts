/**
 * A task that a pair is not of, always the same one: five further on in the list (or the next one in a list too short).
 * @returns undefined when there is no other task
 */
export function wrongTask<T extends string>(tasks: readonly T[], task: T): T | undefined {
  const shift = tasks.length > 5 ? 5 : 1;
  const other = tasks[(tasks.indexOf(task) + shift) % tasks.length];
  return other === task ? undefined : other;
}
