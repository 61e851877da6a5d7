import { EmendError } from "../../../src/errors/EmendError.ts";
import { parseSafetensors } from "../../checkpoint/parseSafetensors.ts";
import { writeSafetensors } from "../../checkpoint/writeSafetensors.ts";
import { type AdamWState, newAdamWState } from "./AdamW.ts";

/** All that learning has come to so far. A run that goes on from a saved state ends as one that was never stopped. */
export interface LearnState {
  /** What is learned, part after part of the conditioning, `[n]`. */
  readonly values: Float32Array;
  readonly optimizer: AdamWState;
  /** The values with the lowest loss on held-out timesteps. */
  readonly best: Float32Array;
  step: number;
  /** Held-out losses, by steps done. */
  losses: (readonly [step: number, loss: number])[];
}

export const newLearnState = (values: Float32Array): LearnState => ({
  values,
  optimizer: newAdamWState(values.length),
  best: Float32Array.from(values),
  step: 0,
  losses: [],
});

/** @param request identifies the request, so that no other run goes on from it */
export function saveLearnState(state: LearnState, request: string): Uint8Array {
  const { values, best, optimizer, step, losses } = state;
  const { mean, square, steps } = optimizer;
  const tensors = Object.entries({ values, best, mean, square }).map(
    ([name, data]) => [name, { dims: [data.length], data }] as const,
  );
  const metadata = { format: "emend-learn-state", request, progress: JSON.stringify({ step, losses, steps }) };
  return writeSafetensors(Object.fromEntries(tensors), metadata);
}

/** @throws EmendError `bad_usage` when the state belongs to another request or is damaged */
export function loadLearnState(bytes: Uint8Array, request: string, size: number): LearnState {
  try {
    const { tensors, metadata } = parseSafetensors("the saved state", bytes);
    if (metadata.format !== "emend-learn-state" || metadata.request !== request) throw new Error("another request");
    const part = (name: string) => {
      const data = tensors[name]?.data;
      if (data?.length !== size) throw new Error(`${name} does not fit`);
      return data;
    };
    const { step, losses, steps } = JSON.parse(metadata.progress ?? "");
    const optimizer = { mean: part("mean"), square: part("square"), steps };
    return { values: part("values"), best: part("best"), optimizer, step, losses };
  } catch (error) {
    throw new EmendError("bad_usage", "the saved state belongs to another run; start anew.", { cause: error });
  }
}
