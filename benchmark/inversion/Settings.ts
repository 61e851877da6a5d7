import type { UnseenTaskName } from "../../world/index.ts";
import type { InversionEngine } from "./InversionEngine.ts";
import type { UnseenPairs } from "./UnseenPairs.ts";

/** What every method of the benchmark is given. */
export interface InversionSettings {
  readonly tasks: readonly UnseenTaskName[];
  /** Numbers of examples, ascending. */
  readonly counts: readonly number[];
  /** Sets of examples, each with a random seed of its own: 0 … seeds − 1. */
  readonly seeds: number;
  /** Of these, the ones that fine-tuning and training from scratch are given: 0 … peerSeeds − 1. */
  readonly peerSeeds: number;
  /** Held-out pairs of each task. */
  readonly limit: number;
  /** Pairs that an expert is trained on. */
  readonly samples: number;
  /** Pictures that fine-tuning and training from scratch see; few_shot.py's own number when absent. */
  readonly pictures?: number;
  /** Vectors of a learned task. */
  readonly vectors: number;
  readonly pairs: UnseenPairs;
  /** Opened when the first edit is wanted. */
  readonly engine: () => Promise<InversionEngine>;
  /** The checkpoint's folder. */
  readonly model: string;
  /** What was measured with any model, and with this one. */
  readonly work: string;
  readonly modelWork: string;
  readonly python?: string;
  /** One line that stays, and one that changes. */
  readonly say: (line: string) => void;
  readonly show: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}
