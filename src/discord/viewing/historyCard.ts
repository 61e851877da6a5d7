import type { BaseInteraction } from "discord.js";
import { type APIComponentInContainer, ComponentType } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { drawHistory } from "../../pictures/drawHistory.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Card } from "../learning/Card.ts";
import type { Services } from "../Services.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import { historyTurns, ORIGINAL } from "./historyTurns.ts";

export const SHOW = "history-show";

/** Discord's limits. Characters, and options of a menu. */
const MAX_ALT = 1_024;
const MAX_OPTION = 100;
const MAX_OPTIONS = 25;

/** A turn's tree as a drawing, with a menu to show one of its results. For a private reply. */
export async function historyCard(
  turn: Turn,
  viewer: BaseInteraction,
  { turns: store, blobs }: Pick<Services, "turns" | "blobs">,
  texts: Texts,
): Promise<Card> {
  const { history } = texts;
  const turns = historyTurns(await store.tree(turn.tree), turn, viewer, blobs, texts);
  const { png, shown, leftOut } = await drawHistory(turns);
  const byId = new Map(turns.map((each) => [each.id, each]));

  const way: string[] = [];
  for (let at = byId.get(turn.id); at; at = byId.get(at.parent ?? "")) {
    way.unshift(at.instruction === "" ? (at.note ?? at.label) : `${at.label}. ${at.instruction}`);
  }
  const lines = [`**${history.title}**`, `-# ${history.count(turns.length - 1)} ${history.marked}`];
  if (leftOut > 0) lines.push(`-# ${history.leftOut(leftOut)}`);
  const components: APIComponentInContainer[] = [
    { type: ComponentType.TextDisplay, content: lines.join("\n") },
    {
      type: ComponentType.MediaGallery,
      items: [
        {
          media: { url: "attachment://history.png" },
          description: shorten(history.alt(turns.length - 1, way.join(" → ")), MAX_ALT),
        },
      ],
    },
  ];
  const results = shown.flatMap((id) => byId.get(id) ?? []).filter((each) => each.id !== ORIGINAL && each.thumbnail);
  if (results.length > 0) {
    components.push({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: makeCustomId({ action: SHOW, key: turn.id }),
          placeholder: history.show,
          options: results.slice(0, MAX_OPTIONS).map(({ id, label, instruction, task }) => ({
            value: id,
            label: shorten(`${label}. ${instruction}`, MAX_OPTION),
            ...(task === null ? {} : { description: shorten(task, MAX_OPTION) }),
          })),
        },
      ],
    });
  }
  return {
    components: [{ type: ComponentType.Container, components }],
    files: [{ name: "history.png", data: Buffer.from(png) }],
  };
}
