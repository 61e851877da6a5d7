import { z } from "zod";
import { addProblem, linkUrl, mediaUrl, optional, text } from "./fields.ts";

const icon = optional(mediaUrl);
const link = optional(linkUrl);
const picture = optional(z.object({ url: mediaUrl }));

const embed = z.object({
  title: optional(text(0, 256)),
  description: optional(text(0, 4096)),
  url: link,
  timestamp: optional(z.iso.datetime({ offset: true })),
  color: optional(z.int().min(0).max(0xffffff)),
  footer: optional(z.object({ text: text(1, 2048), icon_url: icon })),
  image: picture,
  thumbnail: picture,
  author: optional(z.object({ name: text(1, 256), url: link, icon_url: icon })),
  fields: optional(
    z.array(z.object({ name: text(1, 256), value: text(1, 1024), inline: optional(z.boolean()) })).max(25),
  ),
});

/** Characters of all embeds of a message together. */
const MAX_TOTAL = 6000;

export const embeds = z
  .array(embed)
  .max(10)
  .superRefine((list, context) => {
    const length = (value: string | undefined) => (value ? [...value].length : 0);
    let total = 0;
    for (const item of list) {
      total += length(item.title) + length(item.description) + length(item.footer?.text) + length(item.author?.name);
      for (const field of item.fields ?? []) total += length(field.name) + length(field.value);
    }
    if (total > MAX_TOTAL) {
      addProblem(context, [], "MAX_EMBED_SIZE_EXCEEDED", `Embed size exceeds maximum size of ${MAX_TOTAL}`);
    }
  });
