import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * Catches an instruction whose quotes were forgotten: the shell makes one instruction of every word of it.
 * @throws EmendError `bad_usage`
 */
export function checkInstructions(instructions: readonly string[]): void {
  if (instructions.length < 2 || instructions.some((instruction) => /\S\s+\S/.test(instruction))) return;
  throw new EmendError(
    "bad_usage",
    `every word is an instruction of its own; put the instruction in quotes: "${instructions.join(" ")}".`,
  );
}
