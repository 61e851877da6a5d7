import { MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import { embeds } from "./embeds.ts";
import { optional, snowflake, text } from "./fields.ts";
import { classicComponents, v2Components } from "./layoutComponents.ts";

const index = z.union([z.int(), z.string().regex(/^\d{1,20}$/)]).transform(String);

const attachment = z.object({
  /** n of `files[n]`, or the id of a file that the message already has. */
  id: index,
  filename: optional(text(1, 1024)),
  description: optional(text(0, 1024)),
  is_spoiler: optional(z.boolean()),
});

const allowedMentions = z.object({
  parse: optional(z.array(z.enum(["roles", "users", "everyone"]))),
  roles: optional(z.array(snowflake).max(100)),
  users: optional(z.array(snowflake).max(100)),
  replied_user: optional(z.boolean()),
});

const reference = z.object({
  type: optional(z.int()),
  message_id: snowflake,
  channel_id: optional(snowflake),
  guild_id: optional(snowflake),
  fail_if_not_exists: optional(z.boolean()),
});

/**
 * The fields of a message body. A missing field is undefined and stays as it is on an edit; null is kept apart, because
 * on an edit it clears the field.
 */
const fields = {
  content: text(0, 2000).nullish(),
  embeds: embeds.nullish(),
  flags: z.int().min(0).nullish(),
  tts: optional(z.boolean()),
  nonce: optional(z.union([z.int(), text(1, 25)])),
  enforce_nonce: optional(z.boolean()),
  attachments: optional(z.array(attachment).max(10)),
  allowed_mentions: optional(allowedMentions),
  message_reference: optional(reference),
  sticker_ids: z.array(snowflake).max(3).nullish(),
};

export const classicMessage = z.object({ ...fields, components: classicComponents.nullish() });
export const v2Message = z.object({ ...fields, components: v2Components.nullish() });

export type MessageBody = Omit<z.output<typeof v2Message>, "components"> & {
  components?: z.output<typeof v2Components> | null | undefined;
};

export function isV2(flags: number): boolean {
  return (flags & MessageFlags.IsComponentsV2) !== 0;
}
