import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  InteractionContextType as Context,
  ApplicationCommandOptionType as Option,
  PermissionFlagsBits,
} from "discord-api-types/v10";
import { isUserInstallOnly } from "../server/interactions/createInteraction.ts";
import { permissionsIn } from "../server/state/access.ts";
import type { Channel } from "../server/state/Guild.ts";
import type { State } from "../server/state/State.ts";
import { PersonCannot } from "./PersonCannot.ts";

/** Why a person cannot use a command in a channel; undefined when they can. */
export function refusalFor(
  state: State,
  command: APIApplicationCommand,
  userId: string,
  channel: Channel,
): string | undefined {
  if (command.guild_id !== undefined && command.guild_id !== channel.guildId) return `there is no ${command.name} here`;
  const userInstall = isUserInstallOnly(state, channel);
  if (command.integration_types && !command.integration_types.includes(userInstall ? 1 : 0)) {
    return `${command.name} is not installed here`;
  }
  if (userInstall && command.guild_id !== undefined) return `${command.name} is not installed here`;
  const place = channel.guildId ? Context.Guild : userInstall ? Context.PrivateChannel : Context.BotDM;
  if (command.contexts && !command.contexts.includes(place)) return `${command.name} cannot be used here`;
  if (command.nsfw && !channel.nsfw) return `${command.name} is for age-restricted channels`;
  const permissions = permissionsIn(state, channel, userId);
  if (!(permissions & PermissionFlagsBits.ViewChannel)) return "you cannot see this channel";
  if (channel.guildId === undefined) return undefined;
  if (!(permissions & PermissionFlagsBits.UseApplicationCommands)) return "you may not use commands here";
  const needed = command.default_member_permissions;
  if (needed === null || needed === undefined) return undefined;
  const wanted = BigInt(needed) === 0n ? PermissionFlagsBits.Administrator : BigInt(needed);
  return (permissions & wanted) === wanted ? undefined : `you may not use ${command.name}`;
}

/** The commands that a person is offered in a channel. */
export function commandsFor(state: State, userId: string, channel: Channel): APIApplicationCommand[] {
  return [...state.commands.values()].filter((command) => refusalFor(state, command, userId, channel) === undefined);
}

export interface FoundCommand {
  command: APIApplicationCommand;
  /** Subcommand group and subcommand, outermost first. */
  path: APIApplicationCommandOption[];
  options: APIApplicationCommandBasicOption[];
}

/** The slash command that `name` means, with words for subcommands: `edit`, `task learn`. */
export function findSlashCommand(state: State, name: string, userId: string, channel: Channel): FoundCommand {
  const [first = "", ...words] = name.replace(/^\//, "").split(" ");
  const command = findCommand(state, first, ApplicationCommandType.ChatInput, userId, channel);
  const path: APIApplicationCommandOption[] = [];
  let options: APIApplicationCommandOption[] = command.options ?? [];
  for (const word of words) {
    const inner = options.find((option) => option.name === word && option.type <= Option.SubcommandGroup);
    if (!inner) throw new PersonCannot(`/${first} has no subcommand ${word}`);
    path.push(inner);
    options = ("options" in inner ? inner.options : undefined) ?? [];
  }
  if (options.some(({ type }) => type <= Option.SubcommandGroup)) throw new PersonCannot(`/${name} needs a subcommand`);
  return { command, path, options: options as APIApplicationCommandBasicOption[] };
}

/** A command by name and kind. A guild's own command hides a global one of the same name. */
export function findCommand(
  state: State,
  name: string,
  type: ApplicationCommandType,
  userId: string,
  channel: Channel,
): APIApplicationCommand {
  const named = [...state.commands.values()].filter((command) => command.name === name && command.type === type);
  const local = named.filter((command) => command.guild_id === channel.guildId && command.guild_id !== undefined);
  const command = local[0] ?? named.find((candidate) => candidate.guild_id === undefined);
  const kind = type === ApplicationCommandType.ChatInput ? "/" : "";
  if (!command) throw new PersonCannot(`there is no command ${kind}${name}`);
  const refusal = refusalFor(state, command, userId, channel);
  if (refusal) throw new PersonCannot(refusal);
  return command;
}
