import type { Message } from "discord.js";
import type { MessageWithPictures } from "./picturesOf.ts";

type Shown = Pick<Message, "attachments" | "components" | "embeds"> & Partial<Pick<Message, "messageSnapshots">>;

/** A message of discord.js as the JSON it came from, as far as pictures are concerned. */
export function jsonOfMessage({ attachments, components, embeds, messageSnapshots }: Shown): MessageWithPictures {
  return {
    attachments: attachments.map(({ url, contentType }) => ({ url, content_type: contentType ?? undefined })),
    components: components.map((component) => component.toJSON()) as NonNullable<MessageWithPictures["components"]>,
    embeds: embeds.map((embed) => embed.toJSON()),
    message_snapshots: messageSnapshots?.map((snapshot) => ({ message: jsonOfMessage(snapshot) })) ?? [],
  };
}
