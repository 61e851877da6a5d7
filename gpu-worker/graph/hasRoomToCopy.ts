import { totalmem } from "node:os";

/** Two copies of the matrices (a third of the weights), the files, and as much again for everything else. */
const times = 4;

/** What is built in, or what the container may have of it, bytes. */
function machineMemory(): number {
  const limit = process.constrainedMemory(); // 0, or more than there is, without one
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/**
 * Whether this machine has the memory for a session that keeps its own copy of the weights (`copyWeights`). By what is
 * built in, not by what is free: kernels round differently, and the same request shall give the same bytes every time.
 * @param bytes of the weights
 */
export const hasRoomToCopy = (bytes: number, memory = machineMemory()): boolean => memory >= times * bytes;
