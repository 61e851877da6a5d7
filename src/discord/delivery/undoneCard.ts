import { ComponentType } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { undoneButtons } from "../editing/resultButtons.ts";
import { escapeText } from "../escapeText.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import { fileStem } from "./Postbox.ts";
import { MAX_ALT, MAX_SHOWN, type ResultCard } from "./resultCard.ts";

/**
 * The message of a result that was undone: it shows the picture from before, which is what a reply to it edits.
 * @param before WebP
 */
export function undoneCard(turn: Turn, before: Uint8Array, texts: Texts): ResultCard {
  const filename = `${fileStem(turn.id)}-before.webp`;
  const description = shorten(texts.result.before(turn.instruction), MAX_ALT);
  const title = `~~${escapeText(shorten(turn.instruction, MAX_SHOWN))}~~`;
  return {
    container: {
      type: ComponentType.Container,
      components: [
        { type: ComponentType.TextDisplay, content: `${title}\n-# ${texts.turns.undoneCard}` },
        { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${filename}` }, description }] },
        ...undoneButtons(turn, texts),
      ],
    },
    files: [{ name: filename, data: Buffer.from(before) }],
    attachments: [{ id: 0, filename, description }],
  };
}
