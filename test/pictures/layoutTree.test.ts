import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseShown } from "../../src/pictures/chooseShown.ts";
import { layoutTree, type TreeItem } from "../../src/pictures/layoutTree.ts";

/** Trees of up to 60 items, parents first. */
const trees = fc
  .array(fc.nat(), { minLength: 0, maxLength: 60 })
  .map((picks): TreeItem[] => [
    { id: "t0", parent: null },
    ...picks.map((pick, i) => ({ id: `t${i + 1}`, parent: `t${pick % (i + 1)}` })),
  ]);

describe("the layout", () => {
  it("places every item once, one column right of its parent, and nothing over anything else", () => {
    fc.assert(
      fc.property(trees, (items) => {
        const places = layoutTree(items);
        expect([...places.keys()].sort()).toEqual(items.map(({ id }) => id).sort());
        for (const { id, parent } of items) {
          const column = places.get(id)?.column;
          expect(column).toBe(parent === null ? 0 : (places.get(parent)?.column ?? Number.NaN) + 1);
        }
        const columns = Map.groupBy(places.values(), ({ column }) => column);
        for (const column of columns.values()) {
          const rows = column.map(({ row }) => row).sort((a, b) => a - b);
          for (const [i, row] of rows.entries()) {
            expect(row).toBeGreaterThanOrEqual(0);
            if (i > 0) expect(row - (rows[i - 1] ?? 0)).toBeGreaterThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("stands parents at the middle of their children, whose order it keeps", () => {
    fc.assert(
      fc.property(trees, (items) => {
        const places = layoutTree(items);
        const rowOf = (id: string) => places.get(id)?.row ?? Number.NaN;
        for (const [parent, children] of Map.groupBy(items, (item) => item.parent)) {
          const rows = children.map(({ id }) => rowOf(id));
          expect(rows).toEqual([...rows].sort((a, b) => a - b));
          if (parent === null) continue;
          expect(rowOf(parent)).toBeCloseTo(((rows[0] ?? 0) + (rows.at(-1) ?? 0)) / 2, 9);
        }
      }),
    );
  });

  it("draws equal subtrees alike, and several roots below each other", () => {
    const items = ["a", "b"].flatMap((root) => [
      { id: root, parent: null },
      ...["x", "y", "z"].map((name) => ({ id: root + name, parent: root })),
    ]);
    const places = layoutTree(items);
    for (const name of ["x", "y", "z"]) {
      const offset = (root: string) => (places.get(root + name)?.row ?? 0) - (places.get(root)?.row ?? 0);
      expect(offset("a")).toBe(offset("b"));
    }
    expect(layoutTree(items)).toEqual(places);
  });
});

describe("what is shown of a tree", () => {
  const most = { items: 10, columns: 5 };

  it("is all of a small one", () => {
    const items = Array.from({ length: 5 }, (_, i) => ({ id: `t${i}`, parent: i === 0 ? null : `t${i - 1}` }));
    expect(chooseShown(items, "t2", most)).toEqual(
      items.map((item) => ({ item, parent: item.parent, skipped: 0, hidden: 0 })),
    );
  });

  it("is the root and the neighbourhood of the current item, within the limits, and it says what is missing", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (items, pick) => {
        const current = items[pick % items.length]?.id ?? "";
        const shown = chooseShown(items, current, most);
        const ids = new Set(shown.map(({ item }) => item.id));
        expect(ids.size).toBe(shown.length);
        expect(shown.length).toBeLessThanOrEqual(most.items);
        expect(ids.has(current)).toBe(true);
        expect(ids.has("t0")).toBe(true);
        const places = layoutTree(shown.map(({ item, parent }) => ({ id: item.id, parent })));
        expect(places.size).toBe(shown.length);
        expect(Math.max(...Array.from(places.values(), ({ column }) => column))).toBeLessThan(most.columns);
        if (items.length <= most.items && shown.length < items.length) {
          // Left out only because the tree is deep.
          expect(shown.some(({ skipped, hidden }) => skipped + hidden > 0)).toBe(true);
        }
        if (shown.length === items.length) expect(shown.every(({ hidden }) => hidden === 0)).toBe(true);
      }),
    );
  });

  it("jumps over the middle of a long way and counts what it jumps over", () => {
    const items = Array.from({ length: 20 }, (_, i) => ({ id: `t${i}`, parent: i === 0 ? null : `t${i - 1}` }));
    const shown = chooseShown(items, "t19", most);
    expect(shown.map(({ item }) => item.id)).toEqual(["t0", "t16", "t17", "t18", "t19"]);
    expect(shown[1]).toMatchObject({ parent: "t0", skipped: 15, hidden: 0 });
    expect(chooseShown(items, "t1", most).at(-1)).toMatchObject({ item: { id: "t4" }, hidden: 15 });
  });
});
