import { ApplicationCommandType, InteractionType, ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import { createInteraction } from "../../server/interactions/createInteraction.ts";
import { messageView } from "../../server/messages/messageView.ts";
import type { Channel } from "../../server/state/Guild.ts";
import type { InteractionRecord } from "../../server/state/InteractionRecord.ts";
import type { State } from "../../server/state/State.ts";
import type { StoredMessage } from "../../server/state/StoredMessage.ts";
import { type FoundCommand, findCommand, findSlashCommand } from "../findCommand.ts";
import { type OptionValue, optionValues, type SentOption } from "../optionValues.ts";
import { PersonCannot } from "../PersonCannot.ts";
import { Resolved } from "../Resolved.ts";

export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** A person sends a slash command. */
export async function useSlashCommand(
  state: State,
  userId: string,
  channel: Channel,
  name: string,
  values: OptionValues,
): Promise<InteractionRecord> {
  const found = findSlashCommand(state, name, userId, channel);
  const { options, resolved } = await optionValues(state, channel, found.options, values);
  const data = { ...commandData(found, options), ...resolved.data };
  return createInteraction(state, {
    type: InteractionType.ApplicationCommand,
    userId,
    channel,
    data,
    commandName: [found.command.name, ...found.path.map((part) => part.name)].join(" "),
  });
}

/** A person types into an option; the rest of the command may still be empty. */
export function askForChoices(
  state: State,
  userId: string,
  channel: Channel,
  name: string,
  focused: string,
  values: OptionValues,
): InteractionRecord {
  const found = findSlashCommand(state, name, userId, channel);
  const option = found.options.find((candidate) => candidate.name === focused);
  if (!option) throw new PersonCannot(`there is no option ${focused}`);
  if (!("autocomplete" in option) || !option.autocomplete) throw new PersonCannot(`${focused} offers no suggestions`);
  const options = found.options.flatMap((definition): SentOption[] => {
    const value = values[definition.name];
    const isFocused = definition.name === focused;
    if (definition.type === Option.Attachment || typeof value === "object") return [];
    if (value === undefined && !isFocused) return [];
    return [
      { name: definition.name, type: definition.type, value: value ?? "", ...(isFocused ? { focused: true } : {}) },
    ];
  });
  return createInteraction(state, {
    type: InteractionType.ApplicationCommandAutocomplete,
    userId,
    channel,
    data: commandData(found, options),
    commandName: name,
  });
}

/** A person picks Apps → a message command. */
export function useMessageCommand(
  state: State,
  userId: string,
  message: StoredMessage,
  name: string,
): InteractionRecord {
  const channel = state.channels.get(message.channelId);
  if (!channel || message.deleted) throw new PersonCannot("this message is gone");
  if (message.ephemeralFor !== undefined) throw new PersonCannot("private messages have no Apps menu");
  const command = findCommand(state, name, ApplicationCommandType.Message, userId, channel);
  const resolved = new Resolved(state, channel);
  // The target comes whole, also without the content intent (discord.md fact 1).
  resolved.addMessage(message.id, messageView(state, message, { mayReadContent: true }));
  const data = { ...commandHead(command), target_id: message.id, ...resolved.data };
  return createInteraction(state, {
    type: InteractionType.ApplicationCommand,
    userId,
    channel,
    data,
    commandName: command.name,
    targetMessageId: message.id,
  });
}

function commandHead({ id, name, type, guild_id }: FoundCommand["command"]) {
  return { id, name, type, ...(guild_id === undefined ? {} : { guild_id }) };
}

/** The options, wrapped in their subcommand and group. */
function commandData({ command, path }: FoundCommand, options: SentOption[]) {
  const wrapped = path.reduceRight<object[]>((inner, { name, type }) => [{ name, type, options: inner }], options);
  return { ...commandHead(command), options: wrapped };
}
