import { EmendError } from "../../../src/errors/EmendError.ts";
import { taskNames } from "../../../src/queue/tasks.ts";
import type { LearnRequest } from "../../engine/learning.ts";
import { maxInstructionLength, resolutions } from "../../engine/validateRequest.ts";
import { taskNameSchema } from "../learned/learnedTaskFile.ts";

/** More examples hardly help one vector, and all of them lie in memory. */
export const maxExamples = 100;
export const maxLearnSteps = 10_000;
export const maxVectors = 16;

/** The built-in tasks, and the words for "let the predictor choose" and "not an edit". */
const reserved = new Set<string>([...taskNames, "auto", "none"]);

/**
 * Checks all of a request that can be checked without the model.
 * @throws EmendError `bad_usage` or `bad_instruction`, one line that says what would do
 */
export function validateLearnRequest(request: LearnRequest): void {
  const { name, examples, seed, steps, vectors, resolution, description = "" } = request;
  if (!taskNameSchema.safeParse(name).success) {
    const rule = "1 to 64 letters, digits, blanks, - and _, and a letter or digit first";
    throw bad(`a task's name has ${rule} (got ${JSON.stringify(name.slice(0, 80))}).`);
  }
  if (reserved.has(name.toLowerCase())) throw bad(`the name "${name}" is taken by emend itself; choose another.`);
  if (description.length > 500) throw bad(`the description has ${description.length} characters; at most 500.`);
  if (examples.length === 0) throw bad("there are no examples; give at least one pair of pictures.");
  if (examples.length > maxExamples)
    throw bad(`${examples.length} examples are too many; choose ${maxExamples} of them.`);
  for (const [i, { input, output, instruction }] of examples.entries()) {
    if (input.width !== output.width || input.height !== output.height) {
      const sizes = [input, output].map(({ width, height }) => `${width} × ${height}`).join(" and ");
      throw bad(`example ${i + 1}: the two pictures must have the same size (got ${sizes}).`);
    }
    if (instruction.trim() === "") throw bad(`example ${i + 1}: the instruction is empty; say what is asked for.`);
    if (instruction.length > maxInstructionLength) {
      throw bad(`example ${i + 1}: the instruction is longer than ${maxInstructionLength} characters; shorten it.`);
    }
  }
  whole("seed", seed, 0, 2 ** 32 - 1);
  if (steps !== undefined) whole("steps", steps, 1, maxLearnSteps);
  if (vectors !== undefined) whole("vectors", vectors, 1, maxVectors);
  if (resolution !== undefined) whole("resolution", resolution, ...resolutions);
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw bad(`${name} must be a whole number from ${least} to ${most} (got ${value}).`);
}

const bad = (message: string) => new EmendError("bad_usage", message);
