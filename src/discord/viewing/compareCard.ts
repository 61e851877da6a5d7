import type { RawFile } from "discord.js";
import { type APIMediaGalleryItem, ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { blinkingGif } from "../../pictures/blinkingGif.ts";
import { compareSideBySide } from "../../pictures/compareSideBySide.ts";
import { readCompared } from "../../pictures/readCompared.ts";
import { sliderImage } from "../../pictures/sliderImage.ts";
import { escapeText } from "../escapeText.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Card } from "../learning/Card.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import { MIDDLE, POSITIONS, slideKey } from "./slidePosition.ts";

export const SLIDE = "slide";

/** Discord's limit for alt texts. Characters. */
const MAX_ALT = 1_024;
const MAX_SHOWN = 400;

/**
 * Before and after in three ways: side by side, in turns, and split by a line that buttons move. For a private reply.
 * @param before,after files that our own worker wrote
 * @param percent where the line stands
 */
export async function compareCard(
  turn: Turn,
  before: Uint8Array,
  after: Uint8Array,
  texts: Texts,
  percent: number = MIDDLE,
): Promise<Card> {
  const { compare } = texts;
  const pictures = await readCompared(before, after, { before: compare.before, after: compare.after });
  const files: RawFile[] = [];
  const show = (name: string, bytes: Uint8Array, alt: string): APIMediaGalleryItem => {
    files.push({ name, data: Buffer.from(bytes) });
    return { media: { url: `attachment://${name}` }, description: shorten(alt, MAX_ALT) };
  };
  const { instruction } = turn;
  const sideBySide = show("side-by-side.webp", await compareSideBySide(pictures), compare.sideBySide(instruction));
  const blinking = show("blinking.gif", await blinkingGif(pictures), compare.blinking(instruction));
  const slider = show("slider.webp", await sliderImage(pictures, percent / 100), compare.slider(percent, instruction));
  return {
    files,
    components: [
      {
        type: ComponentType.Container,
        components: [
          {
            type: ComponentType.TextDisplay,
            content: `**${escapeText(shorten(instruction, MAX_SHOWN))}**\n-# ${compare.title}`,
          },
          { type: ComponentType.MediaGallery, items: [sideBySide] },
          { type: ComponentType.MediaGallery, items: [blinking] },
          { type: ComponentType.MediaGallery, items: [slider] },
          { type: ComponentType.TextDisplay, content: `-# ${compare.move}` },
          {
            type: ComponentType.ActionRow,
            components: POSITIONS.map((each) => ({
              type: ComponentType.Button,
              style: each === percent ? ButtonStyle.Primary : ButtonStyle.Secondary,
              custom_id: makeCustomId({ action: SLIDE, key: slideKey(turn.id, each) }),
              label: `${each} %`,
              disabled: each === percent,
            })),
          },
        ],
      },
    ],
  };
}
