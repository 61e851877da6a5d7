import type { RawFile } from "discord.js";
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIMediaGalleryItem,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import { blinkingGif } from "../../pictures/blinkingGif.ts";
import { compareSideBySide } from "../../pictures/compareSideBySide.ts";
import { readCompared } from "../../pictures/readCompared.ts";
import { sliderImage } from "../../pictures/sliderImage.ts";
import { escapeText } from "../escapeText.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Card } from "../learning/Card.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import type { Comparison } from "./Comparison.ts";
import { POSITIONS, slideKey } from "./slidePosition.ts";
import { turnName } from "./turnName.ts";

export const SLIDE = "slide";
export const COMPARE_WITH = "compare-with";

/** Discord's limits. Characters, and options of a menu. */
const MAX_ALT = 1_024;
const MAX_OPTION = 100;
const MAX_OPTIONS = 25;
const MAX_SHOWN = 400;

/**
 * Two pictures in three ways: side by side, in turns, and split by a line that buttons move; with a menu to compare
 * with another picture of the tree. For a private reply.
 * @param percent where the line stands
 */
export async function compareCard(comparison: Comparison, texts: Texts, percent: number): Promise<Card> {
  const { compare } = texts;
  const { turn, left, right } = comparison;
  const words = { before: left.word, after: right.word };
  const pictures = await readCompared(await left.read(), await right.read(), words);
  const files: RawFile[] = [];
  const show = (name: string, bytes: Uint8Array, alt: string): APIMediaGalleryItem => {
    files.push({ name, data: Buffer.from(bytes) });
    return { media: { url: `attachment://${name}` }, description: shorten(alt, MAX_ALT) };
  };
  const names = [left.name, right.name] as const;
  const sideBySide = show("side-by-side.webp", await compareSideBySide(pictures), compare.sideBySide(...names));
  const blinking = show("blinking.gif", await blinkingGif(pictures), compare.blinking(...names));
  const slider = show("slider.webp", await sliderImage(pictures, percent / 100), compare.slider(percent, ...names));
  return {
    files,
    components: [
      {
        type: ComponentType.Container,
        components: [
          {
            type: ComponentType.TextDisplay,
            content: `**${escapeText(shorten(turn.instruction, MAX_SHOWN))}**\n-# ${compare.title}`,
          },
          { type: ComponentType.MediaGallery, items: [sideBySide] },
          { type: ComponentType.MediaGallery, items: [blinking] },
          { type: ComponentType.MediaGallery, items: [slider] },
          { type: ComponentType.TextDisplay, content: `-# ${compare.move}` },
          sliderRow(comparison, percent),
          // Of a picture that was edited once, the original is all there is, and stands there already.
          ...(comparison.choices.length > 1 ? [otherMenu(comparison, texts)] : []),
        ],
      },
    ],
  };
}

function sliderRow(
  { turn, other }: Comparison,
  percent: number,
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return {
    type: ComponentType.ActionRow,
    components: POSITIONS.map((each) => ({
      type: ComponentType.Button,
      style: each === percent ? ButtonStyle.Primary : ButtonStyle.Secondary,
      custom_id: makeCustomId({ action: SLIDE, key: slideKey({ turnId: turn.id, other, percent: each }) }),
      label: `${each} %`,
      disabled: each === percent,
    })),
  };
}

/** The original, and the newest of the other results. */
function otherMenu(
  { turn, other, choices }: Comparison,
  { compare }: Texts,
): APIActionRowComponent<APIStringSelectComponent> {
  const [original, ...results] = choices;
  const offered = [...(original ? [original] : []), ...results.slice(-(MAX_OPTIONS - 1))];
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: makeCustomId({ action: COMPARE_WITH, key: turn.id }),
        placeholder: compare.with,
        options: offered.map((each) => ({
          value: each.id,
          label: shorten(turnName(each), MAX_OPTION),
          ...(each.task === null ? {} : { description: shorten(each.task, MAX_OPTION) }),
          default: each.id === other,
        })),
      },
    ],
  };
}
