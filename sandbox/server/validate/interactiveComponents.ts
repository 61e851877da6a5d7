import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import { z } from "zod";
import { addProblem, componentId, customId, linkUrl, optional, snowflake, text } from "./fields.ts";

/** Buttons and select menus: what an action row may hold. */

const emoji = z.object({ id: optional(snowflake), name: optional(z.string()), animated: optional(z.boolean()) });

export const button = z
  .object({
    type: z.literal(ComponentType.Button),
    id: componentId,
    style: z.int().min(1).max(6),
    label: optional(text(0, 80)),
    emoji: optional(emoji),
    custom_id: optional(customId),
    url: optional(linkUrl),
    sku_id: optional(snowflake),
    disabled: optional(z.boolean()),
  })
  .superRefine((value, context) => {
    const required = (field: "custom_id" | "url" | "sku_id") => {
      if (value[field] === undefined) addProblem(context, [field], "BASE_TYPE_REQUIRED", "This field is required");
    };
    if (value.style === ButtonStyle.Link) required("url");
    else if (value.style === ButtonStyle.Premium) required("sku_id");
    else required("custom_id");
    if (value.custom_id !== undefined && value.url !== undefined) {
      const message = "A custom id and url cannot both be specified";
      addProblem(context, ["custom_id"], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
    }
    if (value.style !== ButtonStyle.Premium && !value.label && !value.emoji) {
      addProblem(context, ["label"], "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji");
    }
  });

/** Fields that all five kinds of select menu have. `required` counts in modals only. */
const selectFields = {
  id: componentId,
  custom_id: customId,
  placeholder: optional(text(0, 150)),
  min_values: optional(z.int().min(0).max(25)),
  max_values: optional(z.int().min(1).max(25)),
  disabled: optional(z.boolean()),
  required: optional(z.boolean()),
};

const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: optional(text(0, 100)),
  emoji: optional(emoji),
  default: optional(z.boolean()),
});

export const stringSelect = z
  .object({
    type: z.literal(ComponentType.StringSelect),
    ...selectFields,
    options: z.array(selectOption).min(1).max(25),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    value.options.forEach((option, index) => {
      if (seen.has(option.value)) {
        addProblem(
          context,
          ["options", index, "value"],
          "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
          "The specified option value is already used",
        );
      }
      seen.add(option.value);
    });
    const minimum = value.min_values ?? 1;
    const maximum = value.max_values ?? 1;
    if (minimum > maximum || maximum > value.options.length) {
      addProblem(
        context,
        ["max_values"],
        "BASE_TYPE_BAD_LENGTH",
        "Must lie between min_values and the number of options",
      );
    }
  });

const defaultValues = optional(z.array(z.object({ id: snowflake, type: z.enum(["user", "role", "channel"]) })));
const entitySelect = <T extends ComponentType>(type: T) =>
  z.object({ type: z.literal(type), ...selectFields, default_values: defaultValues });

export const userSelect = entitySelect(ComponentType.UserSelect);
export const roleSelect = entitySelect(ComponentType.RoleSelect);
export const mentionableSelect = entitySelect(ComponentType.MentionableSelect);
export const channelSelect = z.object({
  type: z.literal(ComponentType.ChannelSelect),
  ...selectFields,
  channel_types: optional(z.array(z.int())),
  default_values: defaultValues,
});

export const actionRow = z
  .object({
    type: z.literal(ComponentType.ActionRow),
    id: componentId,
    components: z
      .array(
        z.discriminatedUnion("type", [button, stringSelect, userSelect, roleSelect, mentionableSelect, channelSelect]),
      )
      .min(1)
      .max(5),
  })
  .superRefine((row, context) => {
    const selects = row.components.filter((component) => component.type !== ComponentType.Button);
    if (selects.length > 0 && row.components.length > 1) {
      addProblem(
        context,
        ["components"],
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        "The specified component exceeds the maximum width",
      );
    }
  });
