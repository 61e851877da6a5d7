import { ComponentType } from "discord-api-types/v10";
import { z } from "zod";
import { componentId, mediaUrl, optional, text } from "./fields.ts";
import { actionRow, button } from "./interactiveComponents.ts";

/** The parts of Components V2 that are not interactive, and what may stand inside what. */

const media = z.object({ url: mediaUrl });

export const textDisplay = z.object({
  type: z.literal(ComponentType.TextDisplay),
  id: componentId,
  content: text(1, 4000),
});

const thumbnail = z.object({
  type: z.literal(ComponentType.Thumbnail),
  id: componentId,
  media,
  description: optional(text(0, 1024)),
  spoiler: optional(z.boolean()),
});

const section = z.object({
  type: z.literal(ComponentType.Section),
  id: componentId,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion("type", [thumbnail, button]),
});

const mediaGallery = z.object({
  type: z.literal(ComponentType.MediaGallery),
  id: componentId,
  items: z
    .array(z.object({ media, description: optional(text(0, 1024)), spoiler: optional(z.boolean()) }))
    .min(1)
    .max(10),
});

const file = z.object({
  type: z.literal(ComponentType.File),
  id: componentId,
  file: z.object({ url: text(1, 2048).regex(/^attachment:\/\//, "Scheme must be one of (attachment).") }),
  spoiler: optional(z.boolean()),
});

const separator = z.object({
  type: z.literal(ComponentType.Separator),
  id: componentId,
  divider: optional(z.boolean()),
  spacing: optional(z.int().min(1).max(2)),
});

const container = z.object({
  type: z.literal(ComponentType.Container),
  id: componentId,
  accent_color: optional(z.int().min(0).max(0xffffff)),
  spoiler: optional(z.boolean()),
  components: z
    .array(z.discriminatedUnion("type", [actionRow, textDisplay, section, mediaGallery, separator, file]))
    .min(1)
    .max(40),
});

/** Components of an ordinary message: up to five action rows. */
export const classicComponents = z.array(z.discriminatedUnion("type", [actionRow])).max(5);

/** Components of a message with the IS_COMPONENTS_V2 flag; the whole is limited to 40 by checkComponents(). */
export const v2Components = z
  .array(z.discriminatedUnion("type", [actionRow, section, textDisplay, mediaGallery, file, separator, container]))
  .max(40);
