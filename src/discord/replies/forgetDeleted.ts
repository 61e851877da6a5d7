import type { Client } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import type { Log } from "../../log/createLog.ts";
import { forgetEverywhere } from "../privacy/forgetEverywhere.ts";
import type { Services } from "../Services.ts";
import { takeDeletion } from "./takeDeletion.ts";
import { tellDeleted } from "./tellDeleted.ts";

/**
 * A result whose message was deleted, by whomever and however, is deleted as by its button. Nobody can delete a message of
 * the bot in Discord but moderators, so the asker is told. Never rejects.
 */
export async function forgetDeleted(
  messageIds: Iterable<string>,
  client: Client,
  services: Services,
  log: Log,
): Promise<void> {
  const untold: Turn[] = [];
  for (const messageId of messageIds) {
    try {
      const turn = await services.turns.byMessage(messageId);
      if (turn?.resultMessage !== messageId) continue;
      await forgetEverywhere(turn, services);
      if (await takeDeletion(messageId, services)) untold.push(turn);
    } catch (error) {
      log.warn("a deleted result is still stored", { messageId, error });
    }
  }
  await tellDeleted(untold, false, client, services);
}
