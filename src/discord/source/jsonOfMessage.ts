import type { MessageWithPictures } from "./picturesOf.ts";

/** What discord.js's Message and MessageSnapshot have in common, as far as pictures are concerned. */
interface ShownMessage {
  readonly attachments: { map<T>(read: (file: { url: string; contentType: string | null }) => T): T[] };
  readonly components: readonly { toJSON(): unknown }[];
  readonly embeds: readonly { toJSON(): unknown }[];
  readonly messageSnapshots?: { map<T>(read: (snapshot: ShownMessage) => T): T[] } | null;
}

/** A message of discord.js as the JSON it came from. */
export function jsonOfMessage({
  attachments,
  components,
  embeds,
  messageSnapshots,
}: ShownMessage): MessageWithPictures {
  return {
    attachments: attachments.map(({ url, contentType }) => ({ url, content_type: contentType ?? undefined })),
    components: components.map((part) => part.toJSON()) as NonNullable<MessageWithPictures["components"]>,
    embeds: embeds.map((part) => part.toJSON()) as NonNullable<MessageWithPictures["embeds"]>,
    message_snapshots: messageSnapshots?.map((snapshot) => ({ message: jsonOfMessage(snapshot) })) ?? [],
  };
}
