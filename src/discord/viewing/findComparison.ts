import type { BaseInteraction } from "discord.js";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import type { Comparison } from "./Comparison.ts";
import { historyTurns } from "./historyTurns.ts";
import { requirePictures } from "./requirePictures.ts";
import { requireViewable } from "./requireViewable.ts";
import { turnName } from "./turnName.ts";

/**
 * What to compare a turn's result with: its own source, or another picture of its tree.
 * @param other a turn, or `ORIGINAL`
 * @throws Refusal `not_found` when one of the two is not there, or not for these eyes
 */
export async function findComparison(
  interaction: BaseInteraction,
  turnId: string,
  other: string | undefined,
  { turns, blobs }: Pick<Services, "turns" | "blobs">,
  texts: Texts,
): Promise<Comparison> {
  const { compare } = texts;
  const turn = await requireViewable(interaction, turnId, { turns });
  const { before, picture } = await requirePictures(turn, blobs);
  const drawn = historyTurns(await turns.tree(turn.tree), turn, interaction, blobs, texts);
  const choices = drawn.filter(({ thumbnail, isCurrent }) => thumbnail && !isCurrent);
  const after = { read: () => blobs.get(picture.sha256), word: compare.after };
  const shared = { turn, other, choices };
  if (other === undefined) {
    return {
      ...shared,
      left: { read: () => blobs.get(before.sha256), word: compare.before, name: compare.before },
      right: { ...after, name: `${compare.after}: ${turn.instruction}` },
    };
  }
  const chosen = choices.find(({ id }) => id === other);
  const read = chosen?.thumbnail;
  if (!chosen || !read) throw new Refusal("not_found", ({ problems }) => problems.turnGone);
  await read().catch(() => {
    throw new Refusal("not_found", ({ problems }) => problems.pictureGone);
  });
  const self = drawn.find(({ isCurrent }) => isCurrent) ?? chosen;
  return {
    ...shared,
    left: { read, word: chosen.label, name: turnName(chosen) },
    right: { ...after, word: self.label, name: turnName(self) },
  };
}
