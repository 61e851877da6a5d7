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

/** An object somewhere in the scene with a random look, or undefined if no free place was found. */
function sampleObject(random: Random, scene: Scene, kind: Kind, wishes: SceneWishes): SceneObject | undefined {
  const habitat = habitatFor(kind, backgroundOf(scene.background));
  if (!habitat) return undefined;
  const wished = wishes.kind === kind.name ? wishes.color : undefined;
  const finish = sampleFinish(random);
  const look = {
    color: wished ?? sampleColor(random, kind, wishes.heldOutColors),
    finish: wished && isMaterial(finish) ? "plain" : finish,
    flipped: kind.sideways === true && random.chance(0.5),
    ...(kind.face
      ? { mood: random.weighted(moods.map((mood): [Mood, number] => [mood, mood === "happy" ? 3 : 1])) }
      : {}),
    ...(kind.head && random.chance(0.1) ? { hat: random.pick(colorNames) } : {}),
    ...(kind.poses && random.chance(0.75) ? { pose: random.pick(actions), flipped: random.chance(0.5) } : {}),
  };
  const [low, high] = depthRange(kind, habitat);
  for (let attempt = 0; attempt < 14; attempt++) {
    const y = random.range(low, high);
    const scale = perspective(habitat, y) * random.range(0.92, 1.12);
    const object: SceneObject = { kind: kind.name, x: random.range(0.14, 0.86), y, scale, ...look };
    if (hasRoom(scene, object)) return object;
  }
  return undefined;
}

/** A random scene of one to four objects. */
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
  const count =
    wishes.count ??
    random.weighted([
      [1, 2],
      [2, 4],
      [3, 3],
      [4, 1],
    ] as const);
  const candidates = kinds.filter(
    (kind) => fits(kind, background) && (!wishes.only || wishes.only.includes(kind.name)),
  );
  for (let i = 0; i < count; i++) {
    const first = scene.objects[0];
    const twin = first && random.chance(0.08) ? kindOf(first.kind) : undefined;
    const kind = i === 0 && wishedKind ? wishedKind : (twin ?? random.pick(candidates));
    if (!twin && scene.objects.some((other) => other.kind === kind.name)) continue;
    const object = sampleObject(random, scene, kind, wishes);
    if (!object) continue;
    if (twin && scene.objects.some((other) => other.kind === kind.name && other.color === object.color)) continue;
    scene = { ...scene, objects: [...scene.objects, object] };
  }
  return { ...scene, objects: byDepth(scene.objects) };
}
