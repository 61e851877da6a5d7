import type { RawFile } from "discord.js";
import { type APIComponentInContainer, ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { LearnProgress } from "../../queue/contract/LearnProgress.ts";
import { progressBar } from "../delivery/progressText.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";
import type { Card } from "./Card.ts";

export const CANCEL = "task-cancel";

/** Where a training is, as the channel sees it. */
export type TrainingView =
  | { readonly kind: "waiting"; readonly workers: boolean }
  | { readonly kind: "working"; readonly progress: LearnProgress | undefined };

/** The message that shows how a training goes. @param preview PNG */
export function trainingCard(task: GuildTask, view: TrainingView, preview: Uint8Array | undefined, texts: Texts): Card {
  const components: APIComponentInContainer[] = [
    { type: ComponentType.TextDisplay, content: trainingText(task, view, texts) },
  ];
  const files: RawFile[] = preview ? [{ name: "preview.png", data: Buffer.from(preview) }] : [];
  if (preview)
    components.push({ type: ComponentType.MediaGallery, items: [{ media: { url: "attachment://preview.png" } }] });
  components.push({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        custom_id: makeCustomId({ action: CANCEL, key: task.id }),
        label: texts.learning.cancel,
        style: ButtonStyle.Secondary,
      },
    ],
  });
  return { components: [{ type: ComponentType.Container, components }], files };
}

function trainingText({ name, training }: GuildTask, view: TrainingView, { learning }: Texts): string {
  if (training?.kind === "check") return learning.checking(name);
  if (view.kind === "waiting") return [learning.waiting(name), ...(view.workers ? [] : [learning.noWorker])].join(" ");
  const { progress } = view;
  if (!progress || progress.steps === 0) return learning.starting(name);
  const { step, steps, loss, remainingMilliseconds } = progress;
  // Whole tens of seconds while it is long: a number that jumps about says less.
  const seconds = Math.ceil(remainingMilliseconds / 1_000);
  const rounded = seconds > 30 ? Math.ceil(seconds / 10) * 10 : seconds;
  const left = learning.left(Math.floor(rounded / 60), rounded % 60);
  return `${learning.step(name, progressBar(step, steps), step, steps)} · ${left} · ${learning.loss(loss.toFixed(3))}`;
}
