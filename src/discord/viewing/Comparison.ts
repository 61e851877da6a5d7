import type { Turn } from "../../conversation/Turn.ts";
import type { HistoryTurn } from "../../pictures/drawHistory.ts";

/** One of two pictures that are compared. */
export interface Side {
  /** Stands above the picture. */
  readonly word: string;
  /** Stands in the alt texts. */
  readonly name: string;
  /** Gives a file that our own worker wrote. */
  read(): Promise<Uint8Array>;
}

/** A turn's result beside something else of its tree. */
export interface Comparison {
  readonly turn: Turn;
  readonly left: Side;
  readonly right: Side;
  /** What stands left, when it was chosen; undefined for the turn's own source. */
  readonly other: string | undefined;
  /** What could stand left: the picture that the tree began with, and the other results. */
  readonly choices: readonly HistoryTurn[];
}
