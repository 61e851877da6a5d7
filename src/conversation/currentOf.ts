import { pathTo } from "./pathTo.ts";
import type { Tree } from "./Tree.ts";
import type { Turn } from "./Turn.ts";

/**
 * The turn whose result is the current picture of the branch that ends with this turn: the last that made one and was
 * neither undone nor deleted. Undefined: the picture from outside is.
 */
export function currentOf(tree: Tree, turnId: string): Turn | undefined {
  return pathTo(tree, turnId).findLast(({ turn }) => turn?.outcome?.status === "done" && turn.undoneAt === null)?.turn;
}
