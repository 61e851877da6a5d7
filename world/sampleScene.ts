import { backgroundOf, backgrounds } from "./backgrounds/index.ts";
import { type ColorName, colorNames } from "./colors.ts";
import { colorKey, isHeldOut } from "./holdouts.ts";
import { actions } from "./language/poses.ts";
import { type Finish, isMaterial, materials, patterns } from "./looks.ts";
import { kindOf, kinds } from "./objects/index.ts";
import type { Kind } from "./objects/Kind.ts";
import { byDepth, depthRange, fits, habitatFor, hasRoom, perspective } from "./placement.ts";
import type { Random } from "./random.ts";
import { type Mood, moods, type Scene, type SceneObject } from "./scene.ts";

/** What a sampled scene must be like. */
export interface SceneWishes {
  /** Only these backgrounds. */
  readonly backgrounds?: readonly string[];
  /** One object of this kind, and of this colour if set. */
  readonly kind?: string;
  readonly color?: ColorName;
  /** Only objects of these kinds. */
  readonly only?: readonly string[];
  /** How many objects to try to place. */
  readonly count?: number;
  /** Whether held-out (object, colour) pairs may appear. */
  readonly heldOutColors?: boolean;
}

/** A colour for a kind, evenly over those allowed. */
export function sampleColor(random: Random, kind: Kind, heldOutColors = false): ColorName {
  for (;;) {
    // The natural colour a little more often, so that scenes keep some familiar things.
    const color = random.chance(0.15) ? kind.color : random.pick(colorNames);
    if (heldOutColors || !isHeldOut(colorKey(kind.name, color))) return color;
  }
}

export function sampleFinish(random: Random): Finish {
  if (random.chance(0.78)) return "plain";
  return random.chance(0.6) ? random.pick(patterns) : random.pick(materials);
}

type Look = Omit<SceneObject, "kind" | "x" | "y" | "scale">;

function sampleLook(random: Random, kind: Kind, wishes: SceneWishes): Look {
  const wished = wishes.kind === kind.name ? wishes.color : undefined;
  const finish = sampleFinish(random);
  return {
    color: wished ?? sampleColor(random, kind, wishes.heldOutColors),
    finish: wished && isMaterial(finish) ? "plain" : finish,
    flipped: kind.sideways === true && random.chance(0.5),
    ...(kind.face
      ? { mood: random.weighted(moods.map((mood): [Mood, number] => [mood, mood === "happy" ? 3 : 1])) }
      : {}),
    ...(kind.head && random.chance(0.1) ? { hat: random.pick(colorNames) } : {}),
    ...(kind.poses && random.chance(0.75) ? { pose: random.pick(actions), flipped: random.chance(0.5) } : {}),
  };
}

/** An object somewhere in the scene, or undefined if no free place was found. */
function place(
  random: Random,
  scene: Scene,
  kind: Kind,
  look: Look,
  options: { readonly size?: number; readonly crowded?: boolean } = {},
): SceneObject | undefined {
  const { size = 1, crowded = false } = options;
  const habitat = habitatFor(kind, backgroundOf(scene.background));
  if (!habitat) return undefined;
  // Small things have more places: nearer to the sides, and the lower sky.
  const side = 0.14 - (1 - size) * 0.1;
  const [low, top] = depthRange(kind, habitat);
  const high = habitat === "sky" ? top + (1 - size) * 0.3 : top;
  for (let attempt = 0; attempt < 14; attempt++) {
    const y = random.range(low, high);
    const scale = size * perspective(habitat, y) * random.range(0.92, 1.12);
    const object: SceneObject = { kind: kind.name, x: random.range(side, 1 - side), y, scale, ...look };
    if (hasRoom(scene, object, -1, crowded)) return object;
  }
  return undefined;
}

/** Two to six of a kind, smaller the more they are; most flocks look alike, some have two colours or many. */
function sampleFlock(random: Random, scene: Scene, kind: Kind, wishes: SceneWishes): SceneObject[] {
  const count = random.weighted([
    [2, 3],
    [3, 4],
    [4, 2],
    [5, 1],
    [6, 1],
  ] as const);
  const size = [0, 0, 0.92, 0.8, 0.7, 0.64, 0.6][count] as number;
  const look = sampleLook(random, kind, wishes);
  const wished = wishes.kind === kind.name && wishes.color !== undefined;
  const colors = random.weighted([
    [[look.color], 6],
    [[look.color, sampleColor(random, kind, wishes.heldOutColors)], 2.5],
    [Array.from({ length: count }, () => sampleColor(random, kind, wishes.heldOutColors)), 1.5],
  ]);
  const mixed = kind.sideways === true && random.chance(0.3);
  const crowded = random.chance(0.3);
  const flock: SceneObject[] = [];
  for (let i = 0; i < count; i++) {
    const own = {
      ...look,
      color: wished ? look.color : (colors[i % colors.length] as ColorName),
      flipped: mixed ? random.chance(0.5) : look.flipped,
    };
    const object = place(random, { ...scene, objects: flock }, kind, own, { size, crowded });
    if (object) flock.push(object);
  }
  return flock;
}

/** What never comes in flocks. */
const single: ReadonlySet<string> = new Set(["sun", "moon"]);

/**
 * A random scene. Most have one to four objects, clear of each other; a tenth have a flock of two to six of one kind
 * and perhaps something beside it; a tenth are crowded: up to six objects, some partly behind others.
 */
export function sampleScene(random: Random, wishes: SceneWishes = {}): Scene {
  const wishedKind = wishes.kind === undefined ? undefined : kindOf(wishes.kind);
  const places = backgrounds.filter(
    (each) =>
      (!wishes.backgrounds || wishes.backgrounds.includes(each.name)) && (!wishedKind || fits(wishedKind, each)),
  );
  // Land, water and under-water places hold different kinds; weigh them so that each kind is seen about as often.
  const background = random.weighted(
    places.map((each) => [each, each.habitats.includes("ground") ? 1 : each.habitats.includes("water") ? 0.8 : 1.4]),
  );
  let scene: Scene = { background: background.name, variant: 1 + random.int(1_000_000), objects: [] };
  const candidates = kinds.filter(
    (kind) => fits(kind, background) && (!wishes.only || wishes.only.includes(kind.name)),
  );
  const manner =
    wishes.count === 0
      ? "few"
      : random.weighted([
          ["few", 8],
          ["flock", 1],
          ["crowd", 1],
        ] as const);
  const crowded = manner === "crowd";
  if (manner === "flock") {
    const kind = wishedKind ?? random.pick(candidates);
    if (!single.has(kind.name)) scene = { ...scene, objects: sampleFlock(random, scene, kind, wishes) };
  }
  const rest =
    scene.objects.length > 0
      ? random.int(3)
      : crowded
        ? random.weighted([
            [3, 3],
            [4, 4],
            [5, 2],
            [6, 1],
          ] as const)
        : (wishes.count ??
          random.weighted([
            [1, 2],
            [2, 4],
            [3, 3],
            [4, 1],
          ] as const));
  for (let i = 0; i < rest; i++) {
    const first = scene.objects[0];
    const twin = first && manner !== "flock" && random.chance(0.08) ? kindOf(first.kind) : undefined;
    const wanted = scene.objects.length === 0 ? wishedKind : undefined;
    const kind = wanted ?? twin ?? random.pick(candidates);
    if (!twin && scene.objects.some((other) => other.kind === kind.name)) continue;
    const object = place(random, scene, kind, sampleLook(random, kind, wishes), { crowded });
    if (!object) continue;
    if (twin && scene.objects.some((other) => other.kind === kind.name && other.color === object.color)) continue;
    scene = { ...scene, objects: [...scene.objects, object] };
  }
  return { ...scene, objects: byDepth(scene.objects) };
}
