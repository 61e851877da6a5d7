import type { RawFile } from "discord.js";
import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMediaGalleryItem,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import { inspectPicture } from "../../images/inspectPicture.ts";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import { escapeText } from "../escapeText.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";
import type { Card } from "./Card.ts";
import { exampleKey } from "./exampleKey.ts";
import { pageKey } from "./examplesPage.ts";

export const ADD_MORE = "task-more";
export const PAGE = "task-page";
export const REMOVE = "task-remove";

/** Two pictures each, and a message has ten files. */
const PAGE_SIZE = 5;
/** A little below Discord's 25 MiB for a whole request. */
const MAX_MESSAGE = 24 * 2 ** 20;
const MAX_INSTRUCTION_SHOWN = 300;
const MAX_LABEL = 100;

/**
 * Five examples as they were sent, with what can be done about them. The bot decodes no pictures of people, so the files
 * go out as they came in: this is for a private reply.
 * @param limit largest file that may be sent, in bytes
 */
export async function examplesCard(
  task: GuildTask,
  page: number,
  limit: number,
  tasks: GuildTaskStore,
  texts: Texts,
): Promise<Card> {
  const { learning } = texts;
  const all = await tasks.examples(task.id);
  const from = all.length === 0 ? 0 : Math.min(Math.max(0, page), Math.ceil(all.length / PAGE_SIZE) - 1) * PAGE_SIZE;
  const shown = all.slice(from, from + PAGE_SIZE);
  const head = all.length === 0 ? learning.examples(0) : learning.page(from + 1, from + shown.length, all.length);
  const parts: APIComponentInContainer[] = [
    { type: ComponentType.TextDisplay, content: `**${escapeText(task.name)}**: ${head}` },
  ];
  const files: RawFile[] = [];
  let room = MAX_MESSAGE;
  for (const [i, { before, after, instruction, author }] of shown.entries()) {
    const number = from + i + 1;
    const items: APIMediaGalleryItem[] = [];
    for (const [kind, picture] of Object.entries({ before, after })) {
      if (picture.bytes > Math.min(limit, room)) continue;
      const bytes = await tasks.files
        .of(task.id)
        .get(picture.sha256)
        .catch(() => undefined);
      if (!bytes) continue;
      room -= bytes.length;
      const { format } = inspectPicture(bytes, { maxBytes: bytes.length, maxPixels: Number.POSITIVE_INFINITY });
      const name = `example-${number}-${kind}.${format}`;
      files.push({ name, data: Buffer.from(bytes) });
      items.push({ media: { url: `attachment://${name}` } });
    }
    const note = items.length < 2 ? ` ${learning.tooLargeToShow}` : "";
    const words = escapeText(instruction.slice(0, MAX_INSTRUCTION_SHOWN).toWellFormed());
    parts.push({ type: ComponentType.TextDisplay, content: `${number}. ${words} · <@${author}>${note}` });
    if (items.length > 0) parts.push({ type: ComponentType.MediaGallery, items });
  }

  const buttons: APIButtonComponentWithCustomId[] = [];
  const button = (action: string, key: string, label: string) =>
    buttons.push({
      ...{ type: ComponentType.Button, custom_id: makeCustomId({ action, key }), label, style: ButtonStyle.Secondary },
    });
  if (task.state === "draft") button(ADD_MORE, task.id, learning.addMore);
  if (from + PAGE_SIZE < all.length)
    button(PAGE, pageKey({ id: task.id, page: Math.floor(from / PAGE_SIZE) + 1 }), learning.next);
  if (buttons.length > 0) parts.push({ type: ComponentType.ActionRow, components: buttons });
  if (task.state === "draft" && shown.length > 0) {
    const options = new Map(
      shown.map((example, i) => [exampleKey(example), `${from + i + 1}. ${example.instruction}`.slice(0, MAX_LABEL)]),
    );
    parts.push({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: makeCustomId({ action: REMOVE, key: task.id }),
          placeholder: learning.remove,
          min_values: 1,
          max_values: options.size,
          options: [...options].map(([value, label]) => ({ value, label: label.toWellFormed() })),
        },
      ],
    });
  }
  return { components: [{ type: ComponentType.Container, components: parts }], files };
}
