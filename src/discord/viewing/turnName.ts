import type { HistoryTurn } from "../../pictures/drawHistory.ts";

/** "3. make it night", or "Original". */
export const turnName = ({ label, instruction }: HistoryTurn): string =>
  instruction === "" ? label : `${label}. ${instruction}`;
