import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";
import { textsFor } from "../texts/textsFor.ts";
import { faultOf } from "./discordCode.ts";
import type { ResultCard } from "./resultCard.ts";
import type { ShowTools } from "./showResult.ts";
import { undoneCard } from "./undoneCard.ts";
import { withSmallerFiles } from "./withSmallerFiles.ts";

/**
 * Shows in a result's message what became of the turn: the result, or the picture from before.
 * @returns false when there is no such message that the bot can change, as in a private reply
 * @throws Refusal `not_found` when the pictures are gone
 */
export async function refreshCard(
  turn: Turn,
  messageId: string,
  { blobs, postbox }: Pick<ShowTools, "blobs" | "postbox">,
): Promise<boolean> {
  const { outcome, channel } = turn;
  const done = outcome?.status === "done" ? outcome : undefined;
  if (!done || !(await blobs.has(done.picture.sha256)) || !(await blobs.has(done.before.sha256))) {
    throw new Refusal("not_found", ({ problems }) => problems.pictureGone);
  }
  const texts = textsFor(turn.channelLocale);
  const show = ({ container, attachments, files }: ResultCard) =>
    postbox.edit(channel, messageId, { components: [container], attachments }, files);
  try {
    if (turn.undoneAt === null) await withSmallerFiles(turn, done, texts, blobs, show);
    else await show(undoneCard(turn, await blobs.get(done.before.sha256), texts));
    return true;
  } catch (error) {
    const fault = faultOf(error);
    if (fault === "forbidden" || fault === "expired") return false;
    throw error;
  }
}
