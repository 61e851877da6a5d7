import { MessageFlags } from "discord-api-types/v10";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { checkReferences } from "./checkReferences.ts";
import { type ParsedMessage, requireSomething } from "./parseMessageBody.ts";
import { takeFiles, type Uploads } from "./takeFiles.ts";

/** Changes what the body names, keeps the rest, announces it. A deferred reply becomes a message this way. */
export async function editMessage(
  state: State,
  message: StoredMessage,
  parsed: ParsedMessage,
  uploads: Uploads,
  at: string[] = [],
): Promise<StoredMessage> {
  const place = { folder: message.channelId, ephemeral: message.ephemeralFor !== undefined };
  const files = await takeFiles(state, { uploads, attachments: parsed.body.attachments, at }, message.files, place);
  const next = {
    content: parsed.content?.trim() ?? message.content,
    embeds: parsed.embeds ?? message.embeds,
    components: parsed.components ?? message.components,
    files,
    snapshot: message.snapshot,
  };
  requireSomething(next);
  checkReferences(next, at);
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  const kept = new Set(files.map(({ id }) => id));
  for (const { id } of message.files) if (!kept.has(id)) state.files.remove(id);
  Object.assign(message, next);
  message.flags = (message.flags | (parsed.flags & MessageFlags.IsComponentsV2)) & ~MessageFlags.Loading;
  if (parsed.body.flags !== undefined && parsed.body.flags !== null) {
    message.flags = (message.flags & ~MessageFlags.SuppressEmbeds) | (parsed.flags & MessageFlags.SuppressEmbeds);
  }
  message.editedAt = wasLoading ? null : state.clock.now();
  state.hub.emit({ type: "messageUpdate", message });
  return message;
}
