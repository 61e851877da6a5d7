import { type MarkerColor, markerColorNames } from "../colors.ts";
import { colorKey, heldOutColors, isHeldOut } from "../holdouts.ts";
import { canName } from "../language/describe.ts";
import { sampleScene } from "../sampleScene.ts";
import { focus } from "./focus.ts";
import type { WorldTask } from "./WorldTask.ts";

type Random = Parameters<WorldTask["propose"]>[0];

/** A scene, one object of it that the instruction can name, and the mark it gets: what `detect` and `segment` share. */
export function proposeMark(
  random: Random,
  split: Parameters<WorldTask["propose"]>[1],
  heldOut: Parameters<typeof focus>[2],
) {
  const wish = focus(random, split, heldOut, heldOutColors);
  const source = sampleScene(random, wish);
  const index = wish.kind
    ? source.objects.findIndex((each) => each.kind === wish.kind)
    : random.int(source.objects.length);
  const object = source.objects[index];
  if (!object || !canName(source, index)) return undefined;
  const mark = markOf(random, object.kind);
  if (!mark) return undefined;
  return { source, index, object, mark };
}

/** The colour of a mark: red unless another one is named. */
function markOf(random: Random, kind: string): { color: MarkerColor; named: boolean } | undefined {
  const named = random.chance(0.55);
  const color = named ? random.pick(markerColorNames) : "red";
  return named && isHeldOut(colorKey(kind, color)) ? undefined : { color, named };
}
