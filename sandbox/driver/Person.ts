import { type APIApplicationCommandOptionChoice, ChannelType } from "discord-api-types/v10";
import type { User } from "../server/state/Guild.ts";
import type { Locale } from "../server/state/locales.ts";
import { openDirectMessage } from "../server/state/openDirectMessage.ts";
import type { State } from "../server/state/State.ts";
import { changeMessage, forwardMessage, type PostOptions, postMessage, removeMessage } from "./actions/postMessage.ts";
import { type FieldValues, submitModal } from "./actions/submitModal.ts";
import { askForChoices, type OptionValues, useMessageCommand, useSlashCommand } from "./actions/useCommand.ts";
import { chooseFromMenu, clickButton } from "./actions/useComponent.ts";
import { ChannelHandle } from "./ChannelHandle.ts";
import type { FileInput } from "./FileInput.ts";
import { findChannel } from "./findChannel.ts";
import { InteractionHandle } from "./InteractionHandle.ts";
import { MessageHandle } from "./MessageHandle.ts";
import type { ModalHandle } from "./ModalHandle.ts";
import type { WaitOptions } from "./waitFor.ts";

/** A channel by handle, id or name. */
export type ChannelLike = ChannelHandle | string;

/** What a person at a Discord client can do. What the client would not let them do throws PersonCannot. */
export class Person {
  readonly #state: State;
  readonly user: User;

  constructor(state: State, user: User) {
    this.#state = state;
    this.user = user;
  }

  get id(): string {
    return this.user.id;
  }
  get name(): string {
    return this.user.username;
  }

  /** Switches what this person's Discord speaks. */
  setLocale(locale: Locale): void {
    this.user.locale = locale;
    this.#state.hub.emit({ type: "personUpdate", userId: this.id });
  }

  /** Sends a slash command; `name` may name subcommands, as in "task learn". */
  async slash(channel: ChannelLike, name: string, options: OptionValues = {}): Promise<InteractionHandle> {
    return this.#handle(await useSlashCommand(this.#state, this.id, findChannel(this.#state, channel), name, options));
  }

  /** Types into the option `focused` and waits for the suggestions. */
  autocomplete(
    channel: ChannelLike,
    name: string,
    focused: string,
    options: OptionValues = {},
    wait?: WaitOptions,
  ): Promise<APIApplicationCommandOptionChoice[]> {
    const record = askForChoices(this.#state, this.id, findChannel(this.#state, channel), name, focused, options);
    return this.#handle(record).expectChoices(wait);
  }

  /** Picks a message command: Apps → `name`. */
  async menu(message: MessageHandle, name: string): Promise<InteractionHandle> {
    return this.#handle(useMessageCommand(this.#state, this.id, message.stored, name));
  }

  async submit(modal: ModalHandle, values: FieldValues): Promise<InteractionHandle> {
    return this.#handle(await submitModal(this.#state, modal.record, values));
  }

  async click(message: MessageHandle, customIdOrLabel: string): Promise<InteractionHandle> {
    return this.#handle(clickButton(this.#state, this.id, message.stored, customIdOrLabel));
  }

  async select(message: MessageHandle, customId: string, values: readonly string[]): Promise<InteractionHandle> {
    return this.#handle(chooseFromMenu(this.#state, this.id, message.stored, customId, values));
  }

  async post(channel: ChannelLike, content: string, files: readonly FileInput[] = []): Promise<MessageHandle> {
    const message = await postMessage(this.#state, this.id, findChannel(this.#state, channel), content, { files });
    return new MessageHandle(this.#state, message);
  }

  async reply(
    message: MessageHandle,
    content: string,
    options: Omit<PostOptions, "replyTo"> = {},
  ): Promise<MessageHandle> {
    const channel = findChannel(this.#state, message.channelId);
    const stored = await postMessage(this.#state, this.id, channel, content, { ...options, replyTo: message.stored });
    return new MessageHandle(this.#state, stored);
  }

  async forward(message: MessageHandle, channel: ChannelLike): Promise<MessageHandle> {
    const stored = await forwardMessage(this.#state, this.id, message.stored, findChannel(this.#state, channel));
    return new MessageHandle(this.#state, stored);
  }

  async edit(message: MessageHandle, content: string): Promise<void> {
    await changeMessage(this.#state, this.id, message.stored, content);
  }

  /** Deletes a message, or dismisses a private reply. */
  delete(message: MessageHandle): void {
    removeMessage(this.#state, this.id, message.stored);
  }

  /** The direct messages with the bot. */
  directMessages(): ChannelHandle {
    return new ChannelHandle(this.#state, openDirectMessage(this.#state, ChannelType.DM, [this.#state.botId, this.id]));
  }

  /** Direct messages with somebody else, where the bot is only if the user brought it along. */
  directMessagesWith(other: Person): ChannelHandle {
    return new ChannelHandle(this.#state, openDirectMessage(this.#state, ChannelType.DM, [this.id, other.id]));
  }

  #handle(record: InteractionHandle["record"]): InteractionHandle {
    return new InteractionHandle(this.#state, record);
  }
}
