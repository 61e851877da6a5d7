import type { TreeItem } from "./layoutTree.ts";

/** An item of a tree as it is shown, when the whole tree would be too large to look at. */
export interface Shown<T extends TreeItem> {
  readonly item: T;
  /** The nearest ancestor that is shown, too. */
  readonly parent: string | null;
  /** How many ancestors between the two are left out. */
  readonly skipped: number;
  /** How many items below are left out, without those that an arrow jumps over or that are below another shown item. */
  readonly hidden: number;
}

/**
 * The part of a tree that is worth looking at from one of its items: its root, and what is nearest to it.
 * @param items parents before their children
 * @param most items, and columns, to show
 */
export function chooseShown<T extends TreeItem>(
  items: readonly T[],
  current: string,
  most: { readonly items: number; readonly columns: number },
): Shown<T>[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const children = Map.groupBy(items, ({ parent }) => parent);
  const depths = new Map<string, number>();
  for (const { id, parent } of items) depths.set(id, parent === null ? 0 : (depths.get(parent) ?? 0) + 1);
  const depthOf = (id: string) => depths.get(id) ?? 0;

  // A window of columns that holds the current item and some of what follows; the root stands before it.
  const deepest = Math.max(0, ...depths.values());
  const last = Math.min(deepest, Math.max(depthOf(current) + 2, most.columns - 1));
  const from = last < most.columns ? 0 : last - most.columns + 2;

  let root = current;
  for (let up = byId.get(root)?.parent; up != null; up = byId.get(up)?.parent) root = up;
  const chosen = new Set([root]);
  // Breadth first, so that what is shown hangs together.
  const seen = new Set([current]);
  const waiting = [current];
  for (let id = waiting.shift(); id !== undefined && chosen.size < most.items; id = waiting.shift()) {
    if (depthOf(id) >= from && depthOf(id) <= last) chosen.add(id);
    const parent = byId.get(id)?.parent ?? null;
    // Roots count as siblings of each other.
    const next = [parent, ...(children.get(id) ?? []), ...(parent === null ? (children.get(null) ?? []) : [])];
    for (const neighbour of next) {
      const name = typeof neighbour === "string" ? neighbour : neighbour?.id;
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      waiting.push(name);
    }
  }

  const shown = items.filter(({ id }) => chosen.has(id)).map((item) => ({ item, ...shownAbove(item.id) }));
  const hidden = new Map<string, number>();
  const jumped = new Set(shown.flatMap(({ jumped }) => jumped));
  for (const { id } of items) {
    if (chosen.has(id) || jumped.has(id)) continue;
    const { parent } = shownAbove(id);
    if (parent !== null) hidden.set(parent, (hidden.get(parent) ?? 0) + 1);
  }
  return shown.map(({ item, parent, jumped }) => ({
    ...{ item, parent, skipped: jumped.length, hidden: hidden.get(item.id) ?? 0 },
  }));

  function shownAbove(id: string): { parent: string | null; jumped: string[] } {
    const jumped: string[] = [];
    for (let up = byId.get(id)?.parent; up != null; up = byId.get(up)?.parent) {
      if (chosen.has(up)) return { parent: up, jumped };
      jumped.push(up);
    }
    return { parent: null, jumped };
  }
}
