import type { Attachment } from "discord.js";
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  ApplicationCommandOptionType as Option,
} from "discord-api-types/v10";

interface Values {
  [Option.String]: string;
  [Option.Integer]: number;
  [Option.Number]: number;
  [Option.Boolean]: boolean;
  [Option.Attachment]: Attachment;
  /** Their ids. */
  [Option.Channel]: string;
  [Option.Role]: string;
}

/** A slash command or a subcommand, as far as its options are concerned. */
export interface HasOptions {
  readonly options?: readonly APIApplicationCommandOption[] | undefined;
}

type ValueOf<O extends APIApplicationCommandBasicOption> = O["type"] extends keyof Values ? Values[O["type"]] : never;

type OptionsOf<P> = P extends { options: readonly (infer O extends APIApplicationCommandBasicOption)[] } ? O : never;

/** The arguments of a slash command, by the names, types and `required` of its payload: the two cannot drift apart. */
export type ArgumentsOf<P extends HasOptions> = {
  readonly [O in OptionsOf<P> as O["name"]]: O extends { required: true } ? ValueOf<O> : ValueOf<O> | undefined;
};
