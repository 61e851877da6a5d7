import type { ColorName } from "../colors.ts";
import type { Random } from "../random.ts";
import type { SceneWishes } from "../sampleScene.ts";
import type { Split } from "./WorldTask.ts";

/** What the scene of a benchmark pair must hold: an object held out for this task, or one in a held-out colour. */
export function focus(
  random: Random,
  split: Split,
  objects: readonly string[] | undefined,
  colors: Readonly<Record<string, ColorName>>,
): SceneWishes {
  if (split === "train") return {};
  if (objects && random.chance(0.5)) return { kind: random.pick(objects) };
  const kind = random.pick(Object.keys(colors));
  return { kind, color: colors[kind] as ColorName };
}
