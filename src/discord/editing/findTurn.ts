import type { MessageComponentInteraction, ModalSubmitInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import type { Services } from "../Services.ts";
import { requireViewable } from "../viewing/requireViewable.ts";

/**
 * The turn that a button, menu or form wants to go on from: without one, start anew.
 * @throws Refusal `not_found`
 */
export const findTurn = (
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  turnId: string,
  services: Services,
): Promise<Turn> => requireViewable(interaction, turnId, services, ({ problems }) => problems.pictureGone);
