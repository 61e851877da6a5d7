import { canName, groupsIn, naming, namingGroup } from "../language/describe.ts";
import type { Random } from "../random.ts";
import type { Scene, SceneObject } from "../scene.ts";

/** What an edit is about: one object of a scene, or several of a kind. */
export interface Picked {
  readonly indices: readonly number[];
  /** The first of them. */
  readonly object: SceneObject;
  /** Names them. */
  readonly obj: (random: Random) => string;
  readonly several: boolean;
}

/**
 * One object that words can single out, or, where the scene has several of a kind, half of the time all of them.
 * @param kind only of this kind @param groups whether several may be picked
 */
export function pick(random: Random, scene: Scene, kind?: string, groups = true): Picked | undefined {
  const wanted = (index: number) => kind === undefined || scene.objects[index]?.kind === kind;
  const several = groups ? groupsIn(scene).filter(([first]) => wanted(first as number)) : [];
  const indices =
    several.length > 0 && random.chance(0.5)
      ? random.pick(several)
      : kind === undefined
        ? [random.int(scene.objects.length)]
        : scene.objects.flatMap((_, i) => (wanted(i) ? [i] : [])).slice(0, 1);
  const [index] = indices;
  const object = index === undefined ? undefined : scene.objects[index];
  if (index === undefined || !object) return undefined;
  if (indices.length > 1) return { indices, object, obj: namingGroup(scene, indices), several: true };
  return canName(scene, index) ? { indices, object, obj: naming(scene, index), several: false } : undefined;
}
