import { backgroundOf, backgrounds } from "../backgrounds/index.ts";
import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { canName, naming } from "../language/describe.ts";
import { article } from "../language/grammar.ts";
import { kindOf, kinds } from "../objects/index.ts";
import { byDepth, depthRange, fits, habitatFor, hasRoom, perspective, unitBox } from "../placement.ts";
import type { Random } from "../random.ts";
import { sampleColor, sampleScene } from "../sampleScene.ts";
import type { Scene, SceneObject } from "../scene.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

/** The words for a place, and the object at exactly that place. */
interface Slot {
  /** "@" stands for the object beside which it is, "&" for a second one. */
  readonly words: readonly string[];
  readonly names?: readonly ((random: Random) => string)[];
  readonly x: number;
  readonly y: number;
  /** Sizes follow the depth of this place: where its foot would be on the ground. */
  readonly depth?: number;
  /** Stands in front of another object or behind it. */
  readonly crowded?: boolean;
}

/** What things can stand on. */
const supports: ReadonlySet<string> = new Set(["house", "castle", "car", "gift", "cake", "tent", "lighthouse"]);

/** Where new things stand: the middle of their habitat's depth, or at a fixed place by a named object. */
function slotsFor(scene: Scene, wanted: string): Slot[] {
  const kind = kindOf(wanted);
  const place = backgroundOf(scene.background);
  const habitat = habitatFor(kind, place);
  if (!habitat) return [];
  const [low, high] = depthRange(kind, habitat);
  const y = low + (high - low) * 0.5;
  const sky = habitat === "sky" && scene.background !== "room";
  const slots: Slot[] = [
    {
      words: sky
        ? ["in the sky on the left", "on the left side of the sky", "top left"]
        : ["on the left", "on the left side", "to the left"],
      x: 0.22,
      y,
    },
    {
      words: sky
        ? ["in the middle of the sky", "at the top in the middle", "in the sky in the middle"]
        : ["in the middle", "in the center", "in the centre"],
      x: 0.5,
      y,
    },
    {
      words: sky
        ? ["in the sky on the right", "on the right side of the sky", "top right"]
        : ["on the right", "on the right side", "to the right"],
      x: 0.78,
      y,
    },
  ];
  const anchors = scene.objects.flatMap((anchor, index) => {
    const itsHabitat = habitatFor(kindOf(anchor.kind), place);
    if (!itsHabitat || !canName(scene, index, { short: true })) return [];
    const box = unitBox(anchor, itsHabitat);
    return [{ anchor, habitat: itsHabitat, box, name: naming(scene, index, { short: true }) }];
  });
  const beside = anchors.filter((each) => each.habitat === habitat);
  for (const { anchor, box, name } of beside) {
    const half = (kind.size * perspective(habitat, anchor.y)) / 2;
    slots.push(
      {
        words: ["to the left of @", "left of @", "next to @ on its left"],
        names: [name],
        x: box.left - half - 0.02,
        y: anchor.y,
      },
      {
        words: ["to the right of @", "right of @", "next to @ on its right"],
        names: [name],
        x: box.right + half + 0.02,
        y: anchor.y,
      },
    );
    const standing = habitat === "ground" || habitat === "water";
    const ratio = kind.size / (kindOf(anchor.kind).size * anchor.scale);
    if (standing && ratio < 0.86) {
      slots.push({ words: ["in front of @"], names: [name], x: anchor.x, y: anchor.y + 0.06, crowded: true });
    }
    if (standing && ratio > 1.16) {
      slots.push({ words: ["behind @"], names: [name], x: anchor.x, y: anchor.y - 0.06, crowded: true });
    }
    if (habitat === "ground" && supports.has(anchor.kind) && kind.size < 0.42) {
      slots.push({
        words: ["on top of @", "on @", "standing on @"],
        names: [name],
        x: (box.left + box.right) / 2,
        y: box.top + 0.02,
        depth: anchor.y,
        crowded: true,
      });
    }
  }
  // Between two neighbours: in the middle of the gap, at their mean depth.
  beside.forEach((a, i) => {
    for (const b of beside.slice(i + 1)) {
      const [left, right] = a.box.left < b.box.left ? [a, b] : [b, a];
      slots.push({
        words: ["between @ and &", "in between @ and &", "in the gap between @ and &"],
        names: [left.name, right.name],
        x: (left.box.right + right.box.left) / 2,
        y: (left.anchor.y + right.anchor.y) / 2,
      });
    }
  });
  if (habitat === "sky") {
    for (const { anchor, box, name, habitat: below } of anchors) {
      if (below !== "ground" && below !== "water") continue;
      const side = kind.size;
      if (box.top - 0.03 - side / 2 < y - 0.06) continue;
      slots.push({ words: ["above @", "over @", "in the sky above @"], names: [name], x: anchor.x, y });
    }
  }
  return slots;
}

export const add: WorldTask = {
  name: "add",
  largestShare: 0.5,
  propose(random, split) {
    const held = split === "benchmark";
    const wished = held
      ? random.chance(0.5)
        ? random.pick(heldOutObjects.add ?? [])
        : random.pick(Object.keys(heldOutColors))
      : undefined;
    const scene = sampleScene(random, {
      count: random.weighted([
        [0, 0.7],
        [1, 4],
        [2, 4],
        [3, 2],
      ] as const),
      ...(wished ? { backgrounds: placesOf(wished) } : {}),
    });
    return addTo(random, scene, wished);
  },
};

/** Puts something into a scene. @param wished a kind that fits; else one that is not held out */
export function addTo(random: Random, scene: Scene, wished?: string): Edit | undefined {
  const place = backgroundOf(scene.background);
  const kind = wished
    ? kindOf(wished)
    : random.pick(kinds.filter((each) => fits(each, place) && !heldOutObjects.add?.includes(each.name)));
  // "Another": where there are some of the kind already, at times.
  const another = scene.objects.some((other) => other.kind === kind.name);
  if (another && !random.chance(0.4)) return undefined;
  const habitat = habitatFor(kind, place);
  if (!habitat) return undefined;
  const [, high] = depthRange(kind, habitat);
  const named = random.chance(0.75) || wished !== undefined;
  const color = !named
    ? kind.color
    : wished !== undefined && heldOutColors[kind.name]
      ? (heldOutColors[kind.name] ?? kind.color)
      : sampleColor(random, kind);
  for (const slot of random.shuffle(slotsFor(scene, kind.name)).slice(0, 3)) {
    const object: SceneObject = {
      kind: kind.name,
      color,
      finish: "plain",
      x: slot.x,
      y: slot.y,
      scale: perspective(habitat, slot.depth ?? slot.y),
      // New things look into the picture.
      flipped: kind.sideways === true && slot.x > 0.6,
      ...(kind.face ? { mood: "happy" as const } : {}),
    };
    if (slot.y > high || !hasRoom(scene, object, -1, slot.crowded)) continue;
    return {
      source: scene,
      target: { ...scene, objects: byDepth([...scene.objects, object]) },
      templates,
      slots: {
        thing: (each) => {
          const word = kind.synonyms && each.chance(0.1) ? each.pick(kind.synonyms) : kind.name;
          const thing = named ? `${color} ${word}` : word;
          return another ? each.pick([`another ${thing}`, `another ${thing}`, `one more ${thing}`]) : article(thing);
        },
        where: (each) =>
          each
            .pick(slot.words)
            .replace("@", () => slot.names?.[0]?.(each) ?? "")
            .replace("&", () => slot.names?.[1]?.(each) ?? ""),
      },
      compositions: [objectKey("add", kind.name)],
    };
  }
  return undefined;
}

const placesOf = (name: string): string[] => placeNames.filter((place) => fits(kindOf(name), backgroundOf(place)));

const placeNames = backgrounds.map((background) => background.name);

const templates = {
  train: [
    "add <thing> <where>",
    "add <thing> <where>",
    "put <thing> <where>",
    "place <thing> <where>",
    "draw <thing> <where>",
    "insert <thing> <where>",
    "(add|include) <thing> <where>, please",
    "<where>, add <thing>",
    "<where> put <thing>",
    "=there should be <thing> <where>",
    "=i want <thing> <where>",
    "=i need <thing> <where>",
    "=let there be <thing> <where>",
    "=(can|could) (we|i) have <thing> <where>",
    "=how about <thing> <where>",
    "=<thing> <where>",
    "=it would (be nice|look better) with <thing> <where>",
    "=<where> there is (a gap|room), fill it with <thing>",
    "make <thing> appear <where>",
    "(set|drop|stick) <thing> <where>",
    "give me <thing> <where>",
    "paint <thing> <where>",
  ],
  heldOut: [
    "let <thing> show up <where>",
    "=the scene is missing <thing> <where>",
    "=what this needs is <thing> <where>",
    "squeeze <thing> in <where>",
  ],
};
