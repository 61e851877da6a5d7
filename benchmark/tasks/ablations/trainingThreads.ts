import { availableParallelism } from "node:os";

/** The settings of training/train.sh: blocks of memory are kept, one thread stays on each core. */
export function trainingThreads(): Record<string, string> {
  const cores = availableParallelism();
  return {
    MALLOC_MMAP_MAX_: "0",
    MALLOC_TRIM_THRESHOLD_: "100000000000",
    MALLOC_TOP_PAD_: "268435456",
    OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? String(cores),
    GOMP_CPU_AFFINITY: process.env.GOMP_CPU_AFFINITY ?? `0-${cores - 1}`,
  };
}
