import type { Turn } from "../../conversation/Turn.ts";
import type { EditWish } from "./startEdit.ts";

/** What is edited when somebody goes on from a turn: its result, or its source once it was undone. */
export const pictureOf = (turn: Turn): EditWish["picture"] => (turn.undoneAt === null ? { turn } : { again: turn });
