import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import type {
  APIApplicationCommandOptionChoice,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIContextMenuApplicationCommandsJSONBody as MenuPayload,
  RESTPostAPIChatInputApplicationCommandsJSONBody as SlashPayload,
} from "discord-api-types/v10";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import type { ArgumentsOf, HasOptions } from "./ArgumentsOf.ts";
import { readArguments } from "./readArguments.ts";

/** What every handler gets beside its interaction. */
export interface Surroundings {
  readonly services: Services;
  /** In the language of whoever acted. */
  readonly texts: Texts;
}

/** For components and forms: the second half of the custom id `v1:<action>:<key>`; what it means lies in the store. */
export type WithKey = Surroundings & { readonly key: string };

/** What to offer for the option that somebody types into; nothing, when it fails. */
export type Suggest = (
  interaction: AutocompleteInteraction,
  surroundings: Surroundings,
) => Promise<APIApplicationCommandOptionChoice<string>[]>;

export interface SlashCommand {
  readonly kind: "slash";
  readonly payload: SlashPayload;
  run(interaction: ChatInputCommandInteraction, surroundings: Surroundings): Promise<void>;
  readonly suggest?: Suggest | undefined;
}

/** A part of a slash command: `/task train`. Its file lies in the folder of that command. */
export interface Subcommand {
  readonly kind: "subcommand";
  readonly payload: APIApplicationCommandSubcommandOption;
  run(interaction: ChatInputCommandInteraction, surroundings: Surroundings): Promise<void>;
  readonly suggest?: Suggest | undefined;
}

export interface MessageCommand {
  readonly kind: "message";
  readonly payload: MenuPayload;
  run(interaction: MessageContextMenuCommandInteraction, surroundings: Surroundings): Promise<void>;
}

/** Answers a modal form. */
export interface FormHandler {
  readonly kind: "form";
  readonly action: string;
  run(interaction: ModalSubmitInteraction, surroundings: WithKey): Promise<void>;
}

/** Answers a select menu of a message. */
export interface MenuHandler {
  readonly kind: "menu";
  readonly action: string;
  run(interaction: StringSelectMenuInteraction, surroundings: WithKey): Promise<void>;
}

/** Answers a button of a message. */
export interface ButtonHandler {
  readonly kind: "button";
  readonly action: string;
  run(interaction: ButtonInteraction, surroundings: WithKey): Promise<void>;
}

/** What a file of `commands/` exports by default. */
export type Handler = SlashCommand | Subcommand | MessageCommand | FormHandler | MenuHandler | ButtonHandler;

type Run<P extends HasOptions> = (
  interaction: ChatInputCommandInteraction,
  args: ArgumentsOf<P>,
  surroundings: Surroundings,
) => Promise<void>;

/** A slash command whose arguments are typed by its payload (which must be `as const satisfies …`). */
export function slashCommand<const P extends SlashPayload>(payload: P, run: Run<P>, suggest?: Suggest): SlashCommand {
  return {
    kind: "slash",
    payload,
    run: (it, surroundings) => run(it, readArguments(it, payload), surroundings),
    suggest,
  };
}

/** A subcommand, typed in the same way. */
export function subcommand<const P extends APIApplicationCommandSubcommandOption>(
  payload: P,
  run: Run<P>,
  suggest?: Suggest,
): Subcommand {
  return {
    kind: "subcommand",
    payload,
    run: (it, surroundings) => run(it, readArguments(it, payload), surroundings),
    suggest,
  };
}

/**
 * A slash command that is made of subcommands.
 * @param mayUse throws when the member may not use any of them; called before each of them, and before suggestions
 */
export function commandGroup(
  payload: Omit<SlashPayload, "options">,
  subcommands: readonly Subcommand[],
  mayUse: (interaction: ChatInputCommandInteraction | AutocompleteInteraction) => unknown,
): SlashCommand {
  const find = (name: string) => {
    const found = subcommands.find((each) => each.payload.name === name);
    if (!found) throw new Error(`/${payload.name} has no subcommand ${name}`);
    return found;
  };
  return {
    kind: "slash",
    payload: { ...payload, options: subcommands.map((each) => each.payload) },
    run: async (interaction, surroundings) => {
      mayUse(interaction);
      await find(interaction.options.getSubcommand()).run(interaction, surroundings);
    },
    suggest: async (interaction, surroundings) => {
      mayUse(interaction);
      return (await find(interaction.options.getSubcommand()).suggest?.(interaction, surroundings)) ?? [];
    },
  };
}

export const messageCommand = (payload: MenuPayload, run: MessageCommand["run"]): MessageCommand => ({
  kind: "message",
  payload,
  run,
});

export const formHandler = (action: string, run: FormHandler["run"]): FormHandler => ({ kind: "form", action, run });

export const menuHandler = (action: string, run: MenuHandler["run"]): MenuHandler => ({ kind: "menu", action, run });

export const buttonHandler = (action: string, run: ButtonHandler["run"]): ButtonHandler => ({
  kind: "button",
  action,
  run,
});
