import { EmendError } from "../../src/errors/EmendError.ts";
import { profileNames } from "../../src/queue/profiles.ts";
import { unknownTask } from "../diffusion/chooseTask.ts";
import { samplerNames } from "../diffusion/withSampler.ts";
import type { EditRequest } from "./EditEngine.ts";

/** In characters; the text encoders read some 77 tokens, so nothing useful is longer. */
export const maxInstructionLength = 1000;
export const maxSteps = 200;
/** Sides that a model may be made to work at, in pixels: a megapixel at most, which bounds time and memory. */
export const resolutions = [16, 1024] as const;
/** Guidance beyond this only saturates the picture. */
export const maxGuidance = 100;
const maxSeed = 2 ** 32 - 1;

/**
 * Checks all of a request that can be checked without the model.
 * @throws EmendError `bad_instruction` or `bad_usage`, one line that says what would do
 */
export function validateRequest(request: Omit<EditRequest, "picture">): void {
  const { instruction, seed, profile, resolution, steps, sampler, textGuidance, imageGuidance, alpha } = request;
  if (instruction.trim() === "") {
    throw new EmendError(
      "bad_instruction",
      'the instruction is empty; say what to change, for example "make the boat red".',
    );
  }
  if (instruction.length > maxInstructionLength) {
    const found = `the instruction has ${instruction.length} characters`;
    throw new EmendError("bad_instruction", `${found}, more than the limit of ${maxInstructionLength}; shorten it.`);
  }
  whole("seed", seed, 0, maxSeed);
  if (profile !== undefined && !profileNames.includes(profile)) {
    throw new EmendError("bad_usage", `profile must be one of ${profileNames.join(", ")} (got ${profile}).`);
  }
  if (resolution !== undefined) whole("resolution", resolution, ...resolutions);
  if (steps !== undefined) whole("steps", steps, 1, maxSteps);
  if (sampler !== undefined && !samplerNames.includes(sampler)) {
    throw new EmendError("bad_usage", `sampler must be one of ${samplerNames.join(", ")} (got ${sampler}).`);
  }
  if (textGuidance !== undefined) finite("text guidance", textGuidance);
  if (imageGuidance !== undefined) finite("image guidance", imageGuidance);
  if (alpha !== undefined && !(alpha >= 0 && alpha <= 1)) {
    throw new EmendError("bad_usage", `alpha must be a number from 0 to 1 (got ${alpha}).`);
  }
}

/**
 * Checks that a request's task is "auto" or one of the model's.
 * @throws EmendError `unknown_task` that lists the known ones
 */
export function validateTask(task: string, known: readonly string[]): void {
  if (task !== "auto" && !known.includes(task)) throw new EmendError("unknown_task", unknownTask(task, known));
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new EmendError("bad_usage", `${name} must be a whole number from ${least} to ${most} (got ${value}).`);
}

function finite(name: string, value: number): void {
  if (value >= 0 && value <= maxGuidance) return;
  throw new EmendError("bad_usage", `${name} must be a number from 0 to ${maxGuidance} (got ${value}).`);
}
