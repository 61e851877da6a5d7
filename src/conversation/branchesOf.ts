import { pathTo } from "./pathTo.ts";
import type { Place, Tree } from "./Tree.ts";

/** The tree as branches: one path for every turn that nothing continues. */
export function branchesOf(tree: Tree): Place[][] {
  return [...tree.places.values()].filter(({ children }) => children.length === 0).map(({ id }) => pathTo(tree, id));
}
