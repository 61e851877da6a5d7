import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType as Option,
} from "discord-api-types/v10";
import { addFile } from "../server/cdn/addFile.ts";
import { storedFileView } from "../server/messages/messageView.ts";
import type { Channel } from "../server/state/Guild.ts";
import type { State } from "../server/state/State.ts";
import { type FileInput, isFileInput } from "./FileInput.ts";
import { checkFile } from "./fileRules.ts";
import { PersonCannot } from "./PersonCannot.ts";
import { Resolved } from "./Resolved.ts";

/** What a person fills in; users, channels and roles by id. */
export type OptionValue = string | number | boolean | FileInput;

export interface SentOption {
  name: string;
  type: number;
  value: string | number | boolean;
  focused?: boolean;
}

/** Turns what a person filled in into the options of the payload, checked as the client checks them. */
export async function optionValues(
  state: State,
  channel: Channel,
  definitions: readonly APIApplicationCommandBasicOption[],
  values: Readonly<Record<string, OptionValue | undefined>>,
): Promise<{ options: SentOption[]; resolved: Resolved }> {
  const resolved = new Resolved(state, channel);
  for (const name of Object.keys(values)) {
    if (!definitions.some((option) => option.name === name)) throw new PersonCannot(`there is no option ${name}`);
  }
  const options: SentOption[] = [];
  for (const definition of definitions) {
    const value = values[definition.name];
    if (value === undefined || value === "") {
      if (definition.required) throw new PersonCannot(`this option is required: ${definition.name}`);
      continue;
    }
    options.push({
      name: definition.name,
      type: definition.type,
      value: await sentValue(state, definition, value, resolved),
    });
  }
  return { options, resolved };
}

async function sentValue(
  state: State,
  definition: APIApplicationCommandBasicOption,
  value: OptionValue,
  resolved: Resolved,
): Promise<string | number | boolean> {
  const { name } = definition;
  switch (definition.type) {
    case Option.String: {
      if (typeof value !== "string") throw new PersonCannot(`${name} must be text`);
      const { min_length = 0, max_length = 6000 } = definition;
      const chosen = "choices" in definition ? chosenValue(name, definition.choices, value) : value;
      const length = [...String(chosen)].length;
      if (length < min_length || length > max_length) {
        throw new PersonCannot(`${name} must have between ${min_length} and ${max_length} characters`);
      }
      return chosen;
    }
    case Option.Integer:
    case Option.Number: {
      const wanted = definition.type === Option.Integer ? "a whole number" : "a number";
      const chosen = "choices" in definition ? chosenValue(name, definition.choices, value as string | number) : value;
      const fits = definition.type === Option.Integer ? Number.isSafeInteger(chosen) : Number.isFinite(chosen);
      if (typeof chosen !== "number" || !fits) throw new PersonCannot(`${name} must be ${wanted}`);
      const { min_value = Number.NEGATIVE_INFINITY, max_value = Number.POSITIVE_INFINITY } = definition;
      if (chosen < min_value || chosen > max_value)
        throw new PersonCannot(`${name} must be between ${min_value} and ${max_value}`);
      return chosen;
    }
    case Option.Boolean:
      if (typeof value !== "boolean") throw new PersonCannot(`${name} must be true or false`);
      return value;
    case Option.Attachment: {
      if (!isFileInput(value)) throw new PersonCannot(`${name} must be a file`);
      checkFile(state, value, definition.file_types);
      const file = { filename: value.name, bytes: Buffer.from(value.bytes) };
      const stored = await addFile(state, file, { folder: state.applicationId, ephemeral: true });
      return resolved.addAttachment(storedFileView(state, stored));
    }
    case Option.User:
      return resolved.addUser(String(value));
    case Option.Channel:
      return resolved.addChannel(String(value));
    case Option.Role:
      return resolved.addRole(String(value));
    default:
      return resolved.addMentionable(String(value));
  }
}

/** With fixed choices only these may be picked, by value or by the name that is shown. */
function chosenValue<T extends string | number>(
  name: string,
  choices: readonly APIApplicationCommandOptionChoice<T>[] | undefined,
  value: string | number,
): string | number {
  if (!choices || choices.length === 0) return value;
  const choice = choices.find((item) => item.value === value) ?? choices.find((item) => item.name === value);
  if (!choice) throw new PersonCannot(`${value} is not a choice of ${name}`);
  return choice.value;
}
