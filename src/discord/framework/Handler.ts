import type {
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import type {
  RESTPostAPIContextMenuApplicationCommandsJSONBody as MenuPayload,
  RESTPostAPIChatInputApplicationCommandsJSONBody as SlashPayload,
} from "discord-api-types/v10";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import type { ArgumentsOf } from "./ArgumentsOf.ts";
import { readArguments } from "./readArguments.ts";

/** What every handler gets beside its interaction. */
export interface Surroundings {
  readonly services: Services;
  /** In the language of whoever acted. */
  readonly texts: Texts;
}

export interface SlashCommand {
  readonly kind: "slash";
  readonly payload: SlashPayload;
  run(interaction: ChatInputCommandInteraction, surroundings: Surroundings): Promise<void>;
}

export interface MessageCommand {
  readonly kind: "message";
  readonly payload: MenuPayload;
  run(interaction: MessageContextMenuCommandInteraction, surroundings: Surroundings): Promise<void>;
}

/** Answers a modal form whose custom id is `v1:<action>:<key>`; what the key means lies in the store. */
export interface FormHandler {
  readonly kind: "form";
  readonly action: string;
  run(interaction: ModalSubmitInteraction, surroundings: Surroundings & { readonly key: string }): Promise<void>;
}

/** Answers a select menu of a message, named in the same way. */
export interface MenuHandler {
  readonly kind: "menu";
  readonly action: string;
  run(interaction: StringSelectMenuInteraction, surroundings: Surroundings & { readonly key: string }): Promise<void>;
}

/** What a file of `commands/` exports by default. */
export type Handler = SlashCommand | MessageCommand | FormHandler | MenuHandler;

/** A slash command whose arguments are typed by its payload (which must be `as const satisfies …`). */
export function slashCommand<const P extends SlashPayload>(
  payload: P,
  run: (interaction: ChatInputCommandInteraction, args: ArgumentsOf<P>, surroundings: Surroundings) => Promise<void>,
): SlashCommand {
  return {
    kind: "slash",
    payload,
    run: (interaction, surroundings) => run(interaction, readArguments(interaction, payload), surroundings),
  };
}

export const messageCommand = (payload: MenuPayload, run: MessageCommand["run"]): MessageCommand => ({
  kind: "message",
  payload,
  run,
});

export const formHandler = (action: string, run: FormHandler["run"]): FormHandler => ({ kind: "form", action, run });

export const menuHandler = (action: string, run: MenuHandler["run"]): MenuHandler => ({ kind: "menu", action, run });
