import { ComponentType } from "discord-api-types/v10";
import { z } from "zod";
import { addProblem, componentId, customId, optional, text } from "./fields.ts";
import { channelSelect, mentionableSelect, roleSelect, stringSelect, userSelect } from "./interactiveComponents.ts";
import { textDisplay } from "./layoutComponents.ts";

const textInput = z.object({
  type: z.literal(ComponentType.TextInput),
  id: componentId,
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: optional(text(1, 45)),
  min_length: optional(z.int().min(0).max(4000)),
  max_length: optional(z.int().min(1).max(4000)),
  required: optional(z.boolean()),
  value: optional(text(0, 4000)),
  placeholder: optional(text(0, 100)),
});

const fileType = z.string().regex(/^(image|video|audio|\.[A-Za-z0-9]+)$/, "Not a file type or an extension.");
export const fileTypes = optional(z.array(fileType).max(10));

const fileUpload = z.object({
  type: z.literal(ComponentType.FileUpload),
  id: componentId,
  custom_id: customId,
  min_values: optional(z.int().min(0).max(10)),
  max_values: optional(z.int().min(1).max(10)),
  required: optional(z.boolean()),
  file_types: fileTypes,
});

const choice = z.object({
  value: text(1, 100),
  label: text(1, 100),
  description: optional(text(0, 100)),
  default: optional(z.boolean()),
});
const group = { id: componentId, custom_id: customId, required: optional(z.boolean()) };
const radioGroup = z.object({
  type: z.literal(ComponentType.RadioGroup),
  ...group,
  options: z.array(choice).min(2).max(10),
});
const checkboxGroup = z.object({
  type: z.literal(ComponentType.CheckboxGroup),
  ...group,
  options: z.array(choice).min(1).max(10),
  min_values: optional(z.int().min(0).max(10)),
  max_values: optional(z.int().min(1).max(10)),
});
const checkbox = z.object({
  type: z.literal(ComponentType.Checkbox),
  id: componentId,
  custom_id: customId,
  default: optional(z.boolean()),
});

const label = z.object({
  type: z.literal(ComponentType.Label),
  id: componentId,
  label: text(1, 45),
  description: optional(text(0, 100)),
  component: z.discriminatedUnion("type", [
    textInput,
    stringSelect,
    userSelect,
    roleSelect,
    mentionableSelect,
    channelSelect,
    fileUpload,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});

/** The older form: one text input, with its own label, in a row. */
const textInputRow = z.object({
  type: z.literal(ComponentType.ActionRow),
  id: componentId,
  components: z
    .array(textInput)
    .length(1)
    .superRefine((inputs, context) => {
      if (inputs[0]?.label === undefined)
        addProblem(context, [0, "label"], "BASE_TYPE_REQUIRED", "This field is required");
    }),
});

export const modal = z.object({
  custom_id: customId,
  title: text(1, 45),
  components: z
    .array(z.discriminatedUnion("type", [label, textInputRow, textDisplay]))
    .min(1)
    .max(5),
});
