import type { Place, Tree } from "./Tree.ts";

/** The places from the picture from outside to this turn, which is the last; empty for a turn of another tree. */
export function pathTo(tree: Tree, turnId: string): Place[] {
  const path: Place[] = [];
  for (let at = tree.places.get(turnId); at; at = at.parent === null ? undefined : tree.places.get(at.parent)) {
    path.unshift(at);
  }
  return path;
}
