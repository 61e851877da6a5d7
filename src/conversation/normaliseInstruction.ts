import { EmendError } from "../errors/EmendError.ts";
import { MAX_INSTRUCTION } from "../queue/contract/EditJob.ts";
import { oneLine } from "./oneLine.ts";

/**
 * The instruction as it is stored, shown and given to the model: well-formed, NFC, one line, no invisible characters.
 * @throws EmendError `bad_instruction` when nothing is left, or more than 1,000 characters
 */
export function normaliseInstruction(text: string): string {
  const line = oneLine(text);
  if (line === "") throw new EmendError("bad_instruction", "the instruction is empty");
  if (line.length <= MAX_INSTRUCTION) return line;
  throw new EmendError(
    "bad_instruction",
    `the instruction has ${line.length} characters; at most ${MAX_INSTRUCTION} are read`,
  );
}
