import type { APIActionRowComponent, APIButtonComponentWithCustomId } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { messageUrl } from "../delivery/messageUrl.ts";
import type { Texts } from "../texts/en.ts";
import { afterUndoRow } from "./resultButtons.ts";

interface Said {
  readonly content: string;
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
}

/** The private answer to whoever undid something: where the picture is, and how to go on or back. */
export function sayUndone(turn: Turn, message: string | undefined, texts: Texts): Said {
  const url = message === undefined ? undefined : messageUrl(turn.guild, turn.channel, message);
  return { content: texts.turns.undone(url), components: [afterUndoRow(turn, texts)] };
}
