import type { BaseInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { type LineEdit, readLine } from "../../queue/readLine.ts";
import type { Services } from "../Services.ts";
import { isModerator } from "./requireMayCancel.ts";

export interface OpenEdit {
  readonly turn: Turn;
  /** Undefined between two attempts. */
  readonly place: LineEdit | undefined;
}

/** The member's own edits that have not ended, and for moderators those of this channel, in the order of the line. */
export async function openEdits(
  interaction: BaseInteraction,
  services: Services,
): Promise<{ readonly own: OpenEdit[]; readonly others: OpenEdit[] }> {
  const { edits, entries } = await readLine(services);
  const places = new Map(edits.map((edit) => [edit.turnId, edit]));
  const { user, guildId, channelId } = interaction;
  const mayOthers = guildId !== null && isModerator(interaction);
  const wanted = [...entries.values()].filter(
    ({ member, guild }) => member === user.id || (mayOthers && guild === guildId),
  );
  const order = ({ place }: OpenEdit) => place?.position ?? 0;
  const turns = await Promise.all(wanted.map(({ turnId }) => services.turns.get(turnId)));
  const found = turns
    .flatMap((turn): OpenEdit[] => (turn?.outcome === null ? [{ turn, place: places.get(turn.id) }] : []))
    .sort((a, b) => order(a) - order(b));
  return {
    own: found.filter(({ turn }) => turn.author === user.id),
    others: found.filter(({ turn }) => turn.author !== user.id && turn.channel === channelId),
  };
}
