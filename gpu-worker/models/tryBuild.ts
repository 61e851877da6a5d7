import { badModel } from "../checkpoint/badModel.ts";
import { ShapeError } from "../graph/ShapeError.ts";

/**
 * Builds a network at its smallest size, only to find weights that are missing or do not fit when the checkpoint is
 * opened rather than in the middle of an edit. Costs milliseconds: no weights are read.
 * @param label the config that asked for the network
 * @throws EmendError `bad_model`
 */
export function tryBuild(label: string, build: () => unknown): void {
  try {
    build();
  } catch (error) {
    // A RangeError: it is larger than any memory.
    if (error instanceof ShapeError || error instanceof RangeError)
      throw badModel(label, `describes a network that does not fit (${error.message})`, error);
    throw error;
  }
}
