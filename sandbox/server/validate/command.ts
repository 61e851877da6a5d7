import { ApplicationCommandType as Kind, ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import { z } from "zod";
import { addProblem, optional, text } from "./fields.ts";
import { fileTypes } from "./modal.ts";

/** Discord's own rule for names of slash commands and options. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const slashName = z.string().superRefine((name, context) => {
  if (!NAME.test(name)) addProblem(context, [], "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
  else if (name !== name.toLowerCase()) {
    addProblem(context, [], "APPLICATION_COMMAND_INVALID_NAME", "Command name must be lowercase");
  }
});
const localizations = optional(z.record(z.string(), z.string()));
const slashNames = optional(z.record(z.string(), slashName));
const descriptions = optional(z.record(z.string(), text(1, 100)));

const choice = z.object({
  name: text(1, 100),
  name_localizations: localizations,
  value: z.union([text(0, 100), z.number()]),
});

const baseOption = z.object({
  type: z.int().min(Option.Subcommand).max(Option.Attachment),
  name: slashName,
  name_localizations: slashNames,
  description: text(1, 100),
  description_localizations: descriptions,
  required: optional(z.boolean()),
  choices: optional(z.array(choice).max(25)),
  channel_types: optional(z.array(z.int())),
  min_value: optional(z.number()),
  max_value: optional(z.number()),
  min_length: optional(z.int().min(0).max(6000)),
  max_length: optional(z.int().min(1).max(6000)),
  autocomplete: optional(z.boolean()),
  file_types: fileTypes,
});

interface CommandOption extends z.output<typeof baseOption> {
  options?: CommandOption[] | undefined;
}

const option: z.ZodType<CommandOption> = baseOption
  .extend({
    get options() {
      return optional(z.array(option).max(25));
    },
  })
  .superRefine(checkOption);

/** One command of a PUT or POST. Context-menu commands have no description and no options. */
export const command = z
  .object({
    name: z.string(),
    type: optional(z.int().min(1).max(3)),
    name_localizations: localizations,
    description: optional(z.string()),
    description_localizations: localizations,
    options: optional(z.array(option).max(25)),
    default_member_permissions: z.string().regex(/^\d+$/).nullish(),
    dm_permission: optional(z.boolean()),
    nsfw: optional(z.boolean()),
    integration_types: optional(z.array(z.int().min(0).max(1)).min(1)),
    contexts: z.array(z.int().min(0).max(2)).min(1).nullish(),
  })
  .superRefine((value, context) => {
    if ((value.type ?? Kind.ChatInput) === Kind.ChatInput) {
      for (const [field, schema] of [
        ["name", slashName],
        ["name_localizations", slashNames],
        ["description", text(1, 100)],
        ["description_localizations", descriptions],
      ] as const) {
        const result = schema.safeParse(value[field] ?? (field.endsWith("s") ? undefined : ""));
        for (const issue of result.error?.issues ?? []) {
          const code = issue.code === "custom" ? String(issue.params?.code) : "BASE_TYPE_INVALID";
          addProblem(context, [field, ...issue.path.map(String)], code, issue.message);
        }
      }
      checkOptionList(value.options ?? [], context);
      return;
    }
    const length = [...value.name].length;
    if (length < 1 || length > 32)
      addProblem(context, ["name"], "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.");
    if (value.description) {
      const message = "Context menu commands cannot have description";
      addProblem(context, ["description"], "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", message);
    }
    if (value.options?.length) {
      const message = "Context menu commands cannot have options";
      addProblem(context, ["options"], "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED", message);
    }
  });

export type CommandBody = z.output<typeof command>;

function checkOption(value: CommandOption, context: z.RefinementCtx): void {
  const problem = (field: string, message: string) =>
    addProblem(context, [field], "APPLICATION_COMMAND_OPTION_INVALID", message);
  const isGroup = value.type === Option.Subcommand || value.type === Option.SubcommandGroup;
  if (isGroup) checkOptionList(value.options ?? [], context);
  else if (value.options?.length) problem("options", "Only subcommands may have options");
  const takesChoices = [Option.String, Option.Integer, Option.Number].includes(value.type);
  if (value.choices?.length && !takesChoices) problem("choices", "Options of this type cannot have choices");
  if (value.autocomplete && !takesChoices) problem("autocomplete", "Options of this type cannot autocomplete");
  if (value.autocomplete && value.choices?.length) problem("choices", "Choices and autocomplete exclude each other");
  const wantsText = value.type === Option.String;
  for (const [index, { value: chosen }] of (value.choices ?? []).entries()) {
    if ((typeof chosen === "string") !== wantsText) {
      addProblem(
        context,
        ["choices", index, "value"],
        "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID",
        "Choice has the wrong type",
      );
    }
  }
  if (new Set(value.choices?.map(({ name }) => name)).size !== (value.choices?.length ?? 0)) {
    problem("choices", "Choice names must be unique");
  }
}

function checkOptionList(options: readonly CommandOption[], context: z.RefinementCtx): void {
  const names = new Set<string>();
  let optionalSeen = false;
  const kinds = new Set(options.map(({ type }) => type === Option.Subcommand || type === Option.SubcommandGroup));
  if (kinds.size > 1) {
    addProblem(
      context,
      ["options"],
      "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
      "Sub-command and sub-command group option types are mutually exclusive to all other types",
    );
  }
  for (const [index, { name, required, type }] of options.entries()) {
    if (names.has(name)) {
      addProblem(
        context,
        ["options", index, "name"],
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        "Option name already exists",
      );
    }
    names.add(name);
    if (type <= Option.SubcommandGroup) continue;
    if (required && optionalSeen) {
      const message = "Required options must be placed before non-required options";
      addProblem(context, ["options", index], "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
    }
    optionalSeen ||= !required;
  }
}
