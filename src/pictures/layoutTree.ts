export interface TreeItem {
  readonly id: string;
  /** Another item of the same list; null for a root. */
  readonly parent: string | null;
}

export interface Place {
  /** Distance from the root. */
  readonly column: number;
  /** From 0; a parent stands at the middle of its children, which may be between two rows. */
  readonly row: number;
}

/** A subtree on its own: where its items stand, and how far up and down it reaches in each column. */
interface Subtree {
  readonly places: Map<string, Place>;
  readonly first: number[];
  readonly last: number[];
}

/**
 * A tidy tree that grows to the right: children in the order of the list, no two items of a column closer than one
 * row, parents at the middle of their children, equal subtrees drawn alike (Reingold & Tilford, "Tidier Drawings of
 * Trees", 1981). Linear in items times depth; call it with trees that somebody can look at.
 */
export function layoutTree(items: readonly TreeItem[]): Map<string, Place> {
  const children = Map.groupBy(items, ({ parent }) => parent);
  const { places } = side(children.get(null) ?? [], 0);
  const top = Math.min(...Array.from(places.values(), ({ row }) => row));
  return new Map(Array.from(places, ([id, { column, row }]) => [id, { column, row: row - top }]));

  function subtree({ id }: TreeItem, column: number): Subtree {
    const below = side(children.get(id) ?? [], column + 1);
    const [first, last] = [below.first[column + 1], below.last[column + 1]];
    const row = first === undefined || last === undefined ? 0 : (first + last) / 2;
    below.places.set(id, { column, row });
    below.first[column] = below.last[column] = row;
    return below;
  }

  /** Siblings with all that is below them, each as close to the one above as their outlines allow. */
  function side(siblings: readonly TreeItem[], column: number): Subtree {
    const whole: Subtree = { places: new Map(), first: [], last: [] };
    for (const sibling of siblings) {
      const next = subtree(sibling, column);
      let shift = 0;
      for (const [at, row] of next.first.entries()) {
        const above = whole.last[at];
        if (row !== undefined && above !== undefined) shift = Math.max(shift, above + 1 - row);
      }
      // The first sibling decides where the rows begin; later ones never stand above it.
      for (const [id, place] of next.places) whole.places.set(id, { ...place, row: place.row + shift });
      for (const [at, row] of next.first.entries()) {
        if (row === undefined) continue;
        whole.first[at] = Math.min(whole.first[at] ?? Number.POSITIVE_INFINITY, row + shift);
        whole.last[at] = (next.last[at] ?? row) + shift;
      }
    }
    return whole;
  }
}
