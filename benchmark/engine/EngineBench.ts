import type { Peer } from "./peers.ts";

/** What the parts of one `emend bench engine` share. */
export interface EngineBench {
  readonly python: string;
  /** Where files of a run lie; gone afterwards. */
  readonly scratch: string;
  readonly peers: readonly Peer[];
  /** Timed evaluations of a turn; engine and peer take so many turns. */
  readonly rounds: number;
  readonly turns: number;
  /** Denoising steps that an edit is asked for, and how many of them are run. */
  readonly steps: number;
  readonly stepsRun: number;
  readonly say: (line: string) => void;
  readonly show: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}
