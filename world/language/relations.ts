import type { Habitat } from "../objects/Kind.ts";
import { habitatIn, overlap, unitBox } from "../placement.ts";
import type { Bounds } from "../render/paintObject.ts";
import type { Scene, SceneObject } from "../scene.ts";

/** Words that single an object out among its kind: "the BIGGER dog", "the cat LEFT OF THE TREE". */
export interface Relation {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** What is named in `after` as "@", and for "between" also as "&". */
  readonly anchors?: readonly SceneObject[];
}

interface Placed {
  readonly object: SceneObject;
  readonly habitat: Habitat;
  readonly box: Bounds;
  readonly x: number;
  readonly y: number;
}

function placed(scene: Scene, object: SceneObject): Placed {
  const habitat = habitatIn(scene, object);
  const box = unitBox(object, habitat);
  return { object, habitat, box, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** 1 where a relation clearly holds, 0 where it clearly does not, and undefined where people would argue. */
type Holds = 0 | 1 | undefined;
const holds = (value: number, no: number, yes: number): Holds => (value >= yes ? 1 : value <= no ? 0 : undefined);
const all = (...each: readonly Holds[]): Holds => (each.includes(0) ? 0 : each.includes(undefined) ? undefined : 1);

const level = (a: Placed, b: Placed) => holds(-Math.abs(a.y - b.y), -0.34, -0.26);
const gap = (a: Placed, b: Placed) => Math.max(a.box.left - b.box.right, b.box.left - a.box.right);

const toAnchor: readonly {
  readonly words: readonly string[];
  readonly holds: (object: Placed, anchor: Placed) => Holds;
}[] = [
  {
    words: ["left of @", "to the left of @", "on the left of @"],
    holds: (object, anchor) => all(holds(anchor.x - object.x, 0.03, 0.14), level(object, anchor)),
  },
  {
    words: ["right of @", "to the right of @", "on the right of @"],
    holds: (object, anchor) => all(holds(object.x - anchor.x, 0.03, 0.14), level(object, anchor)),
  },
  {
    words: ["next to @", "beside @", "by @"],
    holds: (object, anchor) =>
      all(
        holds(-gap(object, anchor), -0.2, -0.09),
        holds(-Math.abs(object.y - anchor.y), -0.3, -0.18),
        holds(gap(object, anchor), -0.3, -0.08),
      ),
  },
  {
    words: ["above @", "over @"],
    holds: (object, anchor) =>
      all(holds(anchor.box.top - object.box.bottom, -0.12, -0.02), holds(-Math.abs(object.x - anchor.x), -0.26, -0.15)),
  },
  {
    words: ["below @", "under @", "underneath @"],
    holds: (object, anchor) =>
      all(holds(object.box.top - anchor.box.bottom, -0.12, -0.02), holds(-Math.abs(object.x - anchor.x), -0.26, -0.15)),
  },
  {
    words: ["in front of @"],
    holds: (object, anchor) =>
      all(
        holds(overlap(object.box, anchor.box), 0.02, 0.14),
        holds(object.object.y - anchor.object.y, 0, 0.012),
        object.habitat === anchor.habitat ? 1 : 0,
      ),
  },
  {
    words: ["behind @"],
    holds: (object, anchor) =>
      all(
        holds(overlap(object.box, anchor.box), 0.02, 0.14),
        holds(anchor.object.y - object.object.y, 0, 0.012),
        object.habitat === anchor.habitat ? 1 : 0,
      ),
  },
];

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** By the order from left to right, by size and by depth, among those of its kind. */
function amongItsKind(members: readonly Placed[], index: number): Relation[] {
  const relations: Relation[] = [];
  const me = members[index] as Placed;
  const others = members.filter((_, i) => i !== index);
  const count = members.length;
  const row = [...members].sort((a, b) => a.x - b.x);
  if (row.every((each, i) => i === 0 || each.x - (row[i - 1] as Placed).x >= 0.07)) {
    const place = row.indexOf(me);
    const last = count - 1 - place;
    if (count === 2) relations.push({ before: [place === 0 ? "left" : "right"] });
    else {
      if (place === 0) relations.push({ before: ["leftmost"] }, { after: ["on the far left"] });
      if (last === 0) relations.push({ before: ["rightmost"] }, { after: ["on the far right"] });
      if (place === last) relations.push({ after: ["in the middle", "in the center"] });
      if (place <= last) relations.push({ before: [ordinals[place] as string], after: ["from the left"] });
      if (last <= place) relations.push({ before: [ordinals[last] as string], after: ["from the right"] });
    }
  }
  const bigger = Math.min(...others.map((each) => me.object.scale / each.object.scale));
  const smaller = Math.min(...others.map((each) => each.object.scale / me.object.scale));
  if (bigger >= 1.22) relations.push({ before: count === 2 ? ["bigger", "larger", "big"] : ["biggest", "largest"] });
  if (smaller >= 1.22) relations.push({ before: count === 2 ? ["smaller", "little", "small"] : ["smallest"] });
  if (me.habitat === "ground" || me.habitat === "water") {
    const nearer = Math.min(...others.map((each) => me.object.y - each.object.y));
    const farther = Math.min(...others.map((each) => each.object.y - me.object.y));
    if (nearer >= 0.06) relations.push({ after: ["in front", "at the front"] });
    if (farther >= 0.06) relations.push({ after: ["at the back", "in the back"] });
  } else {
    const higher = Math.min(...others.map((each) => each.y - me.y));
    const lower = Math.min(...others.map((each) => me.y - each.y));
    if (higher >= 0.1) relations.push({ after: ["at the top"] });
    if (lower >= 0.1) relations.push({ after: ["at the bottom"] });
  }
  return relations;
}

/**
 * The relations that hold for this object and for no other of its kind, with nothing to argue about.
 * @param anchors whether it may be placed by other things of the scene ("left of the tree")
 */
export function relationsOf(scene: Scene, index: number, anchors = true): Relation[] {
  const object = scene.objects[index] as SceneObject;
  const members = scene.objects.filter((each) => each.kind === object.kind).map((each) => placed(scene, each));
  const mine = members.findIndex((each) => each.object === object);
  const me = members[mine] as Placed;
  const twins = members.filter((_, i) => i !== mine);
  const relations = twins.length > 0 ? amongItsKind(members, mine) : [];
  if (!anchors) return relations;
  const single = scene.objects
    .filter((each) => each.kind !== object.kind && scene.objects.filter(({ kind }) => kind === each.kind).length === 1)
    .map((each) => placed(scene, each));
  for (const anchor of single) {
    for (const relation of toAnchor) {
      if (relation.holds(me, anchor) === 1 && twins.every((twin) => relation.holds(twin, anchor) === 0)) {
        relations.push({ after: relation.words, anchors: [anchor.object] });
      }
    }
  }
  single.forEach((a, i) => {
    for (const b of single.slice(i + 1)) {
      const [left, right] = a.x < b.x ? [a, b] : [b, a];
      const between = (each: Placed) =>
        all(
          holds(each.x - left.x, 0, 0.12),
          holds(right.x - each.x, 0, 0.12),
          level(each, left),
          level(each, right),
          holds(-Math.abs(left.y - right.y), -0.3, -0.2),
        );
      if (between(me) === 1 && twins.every((twin) => between(twin) === 0)) {
        relations.push({ after: ["between @ and &"], anchors: [left.object, right.object] });
      }
    }
  });
  return relations;
}
