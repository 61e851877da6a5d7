import { backgroundOf, backgrounds } from "../backgrounds/index.ts";
import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { canName, naming } from "../language/describe.ts";
import { article } from "../language/grammar.ts";
import { kindOf, kinds } from "../objects/index.ts";
import { byDepth, depthRange, fits, habitatFor, hasRoom, perspective, unitBox } from "../placement.ts";
import type { Random } from "../random.ts";
import { sampleColor, sampleScene } from "../sampleScene.ts";
import type { Scene, SceneObject } from "../scene.ts";
import type { WorldTask } from "./WorldTask.ts";

/** The words for a place, and the object at exactly that place. */
interface Slot {
  /** "@" stands for the object beside which it is. */
  readonly words: readonly string[];
  readonly name?: (random: Random) => string;
  readonly x: number;
  readonly y: number;
}

/** Where new things stand: the middle of their habitat's depth, or beside a named object at its depth. */
function slotsFor(scene: Scene, wanted: string): Slot[] {
  const kind = kindOf(wanted);
  const habitat = habitatFor(kind, backgroundOf(scene.background));
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
  scene.objects.forEach((anchor, index) => {
    const anchorHabitat = habitatFor(kindOf(anchor.kind), backgroundOf(scene.background));
    if (anchorHabitat !== habitat || !canName(scene, index)) return;
    const box = unitBox(anchor, habitat);
    const half = (kind.size * perspective(habitat, anchor.y)) / 2;
    const name = naming(scene, index);
    slots.push(
      {
        words: ["to the left of @", "left of @", "next to @ on its left"],
        name,
        x: box.left - half - 0.02,
        y: anchor.y,
      },
      {
        words: ["to the right of @", "right of @", "next to @ on its right"],
        name,
        x: box.right + half + 0.02,
        y: anchor.y,
      },
    );
  });
  return slots;
}

export const add: WorldTask = {
  name: "add",
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
    const place = backgroundOf(scene.background);
    const kind = wished
      ? kindOf(wished)
      : random.pick(kinds.filter((each) => fits(each, place) && !heldOutObjects.add?.includes(each.name)));
    if (scene.objects.some((other) => other.kind === kind.name)) return undefined;
    const habitat = habitatFor(kind, place);
    if (!habitat) return undefined;
    const named = random.chance(0.75) || held;
    const color = !named
      ? kind.color
      : held && heldOutColors[kind.name]
        ? (heldOutColors[kind.name] ?? kind.color)
        : sampleColor(random, kind);
    for (const slot of random.shuffle(slotsFor(scene, kind.name)).slice(0, 3)) {
      const object: SceneObject = {
        kind: kind.name,
        color,
        finish: "plain",
        x: slot.x,
        y: slot.y,
        scale: perspective(habitat, slot.y),
        // New things look into the picture.
        flipped: kind.sideways === true && slot.x > 0.6,
        ...(kind.face ? { mood: "happy" as const } : {}),
      };
      if (!hasRoom(scene, object)) continue;
      return {
        source: scene,
        target: { ...scene, objects: byDepth([...scene.objects, object]) },
        templates,
        slots: {
          thing: (each) => {
            const word = kind.synonyms && each.chance(0.1) ? each.pick(kind.synonyms) : kind.name;
            return article(named ? `${color} ${word}` : word);
          },
          where: (each) => each.pick(slot.words).replace("@", slot.name?.(each) ?? ""),
        },
        compositions: [objectKey("add", kind.name)],
      };
    }
    return undefined;
  },
};

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
