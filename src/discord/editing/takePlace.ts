import type { NewTurn } from "../../conversation/Turn.ts";
import type { LineLimits, LineRequest } from "../../queue/Admission.ts";
import { failed } from "../../queue/contract/failure.ts";
import type { GuildSettings } from "../../settings/GuildSettings.ts";
import type { Services } from "../Services.ts";
import { noRoom } from "./noRoom.ts";

/** The server's limits, and the bot's for all servers together. */
export const lineLimitsOf = (settings: GuildSettings, total: number): LineLimits => ({
  perMember: settings.waitingPerMember,
  perGuild: settings.waitingPerGuild,
  total,
  perDay: settings.editsPerDay,
});

/** Refuses at once what would be refused later. @throws Refusal `limit_reached` */
export async function requirePlace(request: LineRequest, limits: LineLimits, services: Services): Promise<void> {
  const verdict = await services.admission.check(request, limits);
  if (!verdict.admitted) throw await noRoom(verdict, request, limits, services);
}

/**
 * Takes a place in the line for a turn that was recorded: so an end comes for every place that was taken, and gives it
 * back. A turn that finds no place ends here, untold; it is kept, because its picture would be deleted with it, which another
 * turn may be about to use.
 * @returns the round for its job
 * @throws Refusal `limit_reached`
 */
export async function takePlace(turn: NewTurn, limits: LineLimits, services: Services): Promise<number> {
  const { turns, admission } = services;
  const request = requestOf(turn);
  const verdict = await admission.admit(request, limits);
  if (verdict.admitted) return verdict.round;
  await turns.change(turn.id, { status: "failed", outcome: failed(turn.id, "limit_reached", "there was no room") });
  await turns.settle(turn.id, null);
  throw await noRoom(verdict, request, limits, services);
}

export const requestOf = ({ id, author, guild, steps, deadline }: NewTurn): LineRequest => ({
  ...{ turnId: id, member: author, guild, steps, deadline },
});
