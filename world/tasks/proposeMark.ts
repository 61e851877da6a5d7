import { type MarkerColor, markerColorNames } from "../colors.ts";
import { colorKey, heldOutColors, isHeldOut } from "../holdouts.ts";
import { sampleScene } from "../sampleScene.ts";
import { focus } from "./focus.ts";
import { pick } from "./pick.ts";
import type { WorldTask } from "./WorldTask.ts";

type Random = Parameters<WorldTask["propose"]>[0];

/**
 * A scene, one object of it that the instruction can name, and the mark it gets: what `detect` and `segment` share.
 * @param groups whether several of a kind may be marked together
 */
export function proposeMark(
  random: Random,
  split: Parameters<WorldTask["propose"]>[1],
  heldOut: Parameters<typeof focus>[2],
  groups = false,
) {
  const wish = focus(random, split, heldOut, heldOutColors);
  const source = sampleScene(random, wish);
  const chosen = pick(random, source, wish.kind, groups);
  const mark = chosen && markOf(random, chosen.object.kind);
  return chosen && mark ? { source, ...chosen, mark } : undefined;
}

/** The colour of a mark: red unless another one is named. */
export function markOf(random: Random, kind: string): { color: MarkerColor; named: boolean } | undefined {
  const named = random.chance(0.55);
  const color = named ? random.pick(markerColorNames) : "red";
  return named && isHeldOut(colorKey(kind, color)) ? undefined : { color, named };
}
