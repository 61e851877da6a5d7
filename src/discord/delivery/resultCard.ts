import type { RawFile } from "discord.js";
import { type APIContainerComponent, ComponentType } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import type { FittedPicture } from "../../images/fitToLimit.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import { redoMenu } from "../editing/redoMenu.ts";
import { resultButtons } from "../editing/resultButtons.ts";
import { escapeText } from "../escapeText.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import { fileStem } from "./Postbox.ts";

/** Discord's limit for alt texts. Characters. */
export const MAX_ALT = 1_024;
/** The instruction's share of the card; Discord allows 4,000 characters for all texts together. */
export const MAX_SHOWN = 400;

/** A second task is worth a word when it is at least half as probable as the first. */
const CLOSE = 0.5;
/** Below this probability that the instruction asks for an edit, the card says so. */
const UNSURE = 0.35;

export interface ResultCard {
  readonly container: APIContainerComponent;
  readonly files: RawFile[];
  /** One entry per file, as the API wants it. */
  readonly attachments: { id: number; filename: string; description: string }[];
}

export interface CardPictures {
  /** WebP. */
  readonly before: Uint8Array;
  readonly after: FittedPicture;
}

/** The message that shows a result: what was asked, before and after, how it was made, and what can be done with it. */
export function resultCard(turn: Turn, outcome: EditDone, pictures: CardPictures, texts: Texts): ResultCard {
  const { result } = texts;
  const files: RawFile[] = [
    { name: `${fileStem(turn.id)}-before.webp`, data: Buffer.from(pictures.before) },
    { name: `${fileStem(turn.id)}.${pictures.after.extension}`, data: Buffer.from(pictures.after.bytes) },
  ];
  const alts = [result.before(turn.instruction), result.after(turn.instruction)].map((alt) => shorten(alt, MAX_ALT));
  const lines = [`**${escapeText(shorten(turn.instruction, MAX_SHOWN))}**`, `-# ${details(turn, outcome, texts)}`];
  lines.push(...doubts(turn, outcome, texts).map((doubt) => `-# ${doubt}`));
  if (pictures.after.extension !== "png") {
    lines.push(`-# ${result.recompressed(pictures.after.extension === "webp" ? "WebP" : "JPEG")}`);
  }
  const menu = redoMenu(turn, outcome, texts);
  return {
    container: {
      type: ComponentType.Container,
      components: [
        { type: ComponentType.TextDisplay, content: lines.join("\n") },
        {
          type: ComponentType.MediaGallery,
          items: files.map(({ name }, i) => ({
            media: { url: `attachment://${name}` },
            description: alts[i] ?? null,
          })),
        },
        ...resultButtons(turn, texts),
        ...(menu ? [menu] : []),
      ],
    },
    files,
    attachments: files.map(({ name }, i) => ({ id: i, filename: name, description: alts[i] ?? "" })),
  };
}

/** Task with its confidence, seed, how much was kept and by which threshold, steps, time, model, author. A mention here is a name, since nothing may ping. */
function details(turn: Turn, outcome: EditDone, texts: Texts): string {
  const { result } = texts;
  const parts: string[] = [];
  if (outcome.task !== null) {
    const confidence = outcome.probabilities.find(({ name }) => name === outcome.task)?.probability;
    const predicted = turn.task === "auto" && confidence !== undefined;
    const task = escapeText(outcome.task);
    parts.push(predicted ? result.predicted(task, Math.round(confidence * 100)) : task);
  }
  parts.push(result.seed(outcome.seed));
  if (outcome.alpha !== undefined) parts.push(result.alpha(String(outcome.alpha)));
  // Rounded down: only what was not touched at all is kept to 100 %.
  if (outcome.keptShare !== undefined) parts.push(result.kept(Math.floor(100 * outcome.keptShare)));
  parts.push(result.steps(outcome.steps));
  parts.push(result.seconds((outcome.milliseconds / 1000).toFixed(1)), escapeText(outcome.model), `<@${turn.author}>`);
  return parts.join(" · ");
}

/** What the predictor was not sure of, where it chose the task. */
function doubts({ task }: Turn, { probabilities, edit }: EditDone, { result }: Texts): string[] {
  if (task !== "auto") return [];
  const [first, second] = probabilities;
  const close = first && second && second.probability >= CLOSE * first.probability;
  return [
    ...(close ? [result.couldBe(escapeText(second.name), Math.round(second.probability * 100))] : []),
    ...(edit !== undefined && edit < UNSURE ? [result.unsure] : []),
  ];
}
