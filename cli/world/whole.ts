import { EmendError } from "../../src/errors/EmendError.ts";

/** A whole number in a range, or an error that says which option is wrong. */
export function whole(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new EmendError("bad_usage", `--${name} must be a whole number from ${low} to ${high}, not "${text}".`);
    }
    return value;
  };
}
