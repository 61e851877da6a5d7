import type { Turn } from "./Turn.ts";

/** Where a turn stands, or stood: a deleted one keeps its place while others continue it. */
export interface Place {
  readonly id: string;
  /** Null: it edits the picture from outside with which the tree begins. */
  readonly parent: string | null;
  /** Undefined when it was deleted. */
  readonly turn: Turn | undefined;
  /** Ids of the turns that continue it, the oldest first; two or more are branches. */
  readonly children: readonly string[];
}

export interface Tree {
  /** Id of the turn that began the tree, though it may have been deleted since. */
  readonly id: string;
  /** Ids of the turns that edit the picture from outside, the oldest first. */
  readonly first: readonly string[];
  /** The oldest first. */
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * Links places to a tree. A parent that is not among them counts as the picture from outside.
 * @param places the oldest first
 */
export function plantTree(id: string, places: readonly Omit<Place, "children">[]): Tree {
  const known = new Set(places.map((place) => place.id));
  const linked = places.map((place) => ({
    ...place,
    parent: place.parent !== null && known.has(place.parent) ? place.parent : null,
    children: places.filter(({ parent }) => parent === place.id).map((child) => child.id),
  }));
  return {
    id,
    first: linked.filter(({ parent }) => parent === null).map((place) => place.id),
    places: new Map(linked.map((place) => [place.id, place])),
  };
}
