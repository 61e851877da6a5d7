import { InvalidArgumentError } from "commander";

/** Names separated by commas. */
export function names(value: string): string[] {
  const all = value.split(",").map((name) => name.trim());
  if (all.includes("")) throw new InvalidArgumentError("expected names separated by commas.");
  return all;
}

/** A whole number from 1. */
export const whole = (value: string): number => wholeNumber(value, Number.POSITIVE_INFINITY);

/** A whole number from 1 to 100: so many pairs there are of a task. */
export const upTo100 = (value: string): number => wholeNumber(value, 100);

function wholeNumber(value: string, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new InvalidArgumentError(`expected a whole number from 1${Number.isFinite(most) ? ` to ${most}` : ""}.`);
}
