import type { RawFile } from "discord.js";
import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMediaGalleryItem,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import type { GuildTask, Learned } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import type { PictureRef } from "../../queue/contract/scalars.ts";
import { escapeText } from "../escapeText.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";
import type { Card } from "./Card.ts";

export const PUBLISH = "task-publish";
export const UNPUBLISH = "task-unpublish";
export const DISCARD = "task-discard";

/** A task, what came of it, and what can be done about that: the sheet of its examples, its loss, the buttons. */
export async function taskCard(task: GuildTask, tasks: GuildTaskStore, texts: Texts): Promise<Card> {
  const { learning } = texts;
  const { name, state, learned } = task;
  const count = await tasks.countExamples(task.id);
  const lines = [`**${escapeText(name)}**: ${learning.states[state]}`];
  if (task.description !== "") lines.push(escapeText(task.description));
  lines.push(
    `-# ${[learning.examples(count), ...(learned ? details(learned, task.training?.vectors ?? 1, texts) : [])].join(" · ")}`,
  );
  if (state === "learned") lines.push(learned?.sheet ? learning.judge : learning.judgeImported);
  if (state === "published") lines.push(learning.howToUse(name));

  const files: RawFile[] = [];
  const items: APIMediaGalleryItem[] = [];
  const show = async (picture: PictureRef | null | undefined, file: string, alt: string) => {
    const bytes =
      picture &&
      (await tasks.files
        .of(task.id)
        .get(picture.sha256)
        .catch(() => undefined));
    if (!bytes) return;
    files.push({ name: file, data: Buffer.from(bytes) });
    items.push({ media: { url: `attachment://${file}` }, description: alt });
  };
  await show(learned?.sheet, "examples.png", learning.sheet(name));
  await show(learned?.curve, "loss.png", learning.curve(name));

  const components: APIComponentInContainer[] = [{ type: ComponentType.TextDisplay, content: lines.join("\n") }];
  if (items.length > 0) components.push({ type: ComponentType.MediaGallery, items });
  const buttons = buttonsOf(task, texts);
  if (buttons.length > 0) components.push({ type: ComponentType.ActionRow, components: buttons });
  return { components: [{ type: ComponentType.Container, components }], files };
}

function details({ steps, losses, milliseconds, model }: Learned, vectors: number, { learning }: Texts): string[] {
  const [first, last] = [losses[0]?.[1], losses.at(-1)?.[1]];
  return [
    ...(steps > 0 ? [learning.steps(steps)] : []),
    ...(vectors > 1 ? [learning.vectors(vectors)] : []),
    ...(first === undefined || last === undefined ? [] : [learning.losses(first.toFixed(3), last.toFixed(3))]),
    milliseconds === null ? learning.imported : learning.seconds((milliseconds / 1_000).toFixed(1)),
    ...(model === null ? [] : [escapeText(model)]),
  ];
}

function buttonsOf({ id, state }: GuildTask, { learning }: Texts): APIButtonComponentWithCustomId[] {
  const button = (action: string, label: string, style: APIButtonComponentWithCustomId["style"]) => ({
    type: ComponentType.Button as const,
    custom_id: makeCustomId({ action, key: id }),
    label,
    style,
  });
  if (state === "published") return [button(UNPUBLISH, learning.unpublish, ButtonStyle.Secondary)];
  if (state !== "learned") return [];
  return [
    button(PUBLISH, learning.publish, ButtonStyle.Success),
    button(DISCARD, learning.discard, ButtonStyle.Danger),
  ];
}
