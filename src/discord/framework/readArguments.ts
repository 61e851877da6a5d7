import type { ChatInputCommandInteraction } from "discord.js";
import { ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import type { ArgumentsOf, HasOptions } from "./ArgumentsOf.ts";

/** The interaction's options as the payload names them. discord.js checks the types and throws when they differ. */
export function readArguments<P extends HasOptions>(
  { options }: ChatInputCommandInteraction,
  payload: P,
): ArgumentsOf<P> {
  const values: Record<string, unknown> = {};
  for (const { name, type, required } of payload.options ?? []) {
    values[name] = read(name, type, required ?? false) ?? undefined;
  }
  return values as ArgumentsOf<P>;

  function read(name: string, type: Option, required: boolean): unknown {
    switch (type) {
      case Option.String:
        return options.getString(name, required);
      case Option.Integer:
        return options.getInteger(name, required);
      case Option.Number:
        return options.getNumber(name, required);
      case Option.Boolean:
        return options.getBoolean(name, required);
      case Option.Attachment:
        return options.getAttachment(name, required);
      case Option.Channel:
        return options.getChannel(name, required)?.id;
      case Option.Role:
        return options.getRole(name, required)?.id;
      default:
        throw new Error(`options of type ${type} are not read yet`);
    }
  }
}
