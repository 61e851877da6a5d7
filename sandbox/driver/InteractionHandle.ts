import { type APIApplicationCommandOptionChoice, InteractionResponseType } from "discord-api-types/v10";
import type { InteractionRecord, InteractionState } from "../server/state/InteractionRecord.ts";
import type { State } from "../server/state/State.ts";
import { MessageHandle } from "./MessageHandle.ts";
import { ModalHandle } from "./ModalHandle.ts";
import { type WaitOptions, waitFor } from "./waitFor.ts";

/** Something a person did that the application has to answer. */
export class InteractionHandle {
  readonly #state: State;
  readonly record: InteractionRecord;

  constructor(state: State, record: InteractionRecord) {
    this.#state = state;
    this.record = record;
  }

  get id(): string {
    return this.record.id;
  }
  get token(): string {
    return this.record.token;
  }
  get state(): InteractionState {
    return this.record.state;
  }

  /** The messages that answer it, oldest first: replies, follow-ups, and the message it updated. Deleted ones are left out. */
  replies(): MessageHandle[] {
    const updated =
      this.state !== "waiting" &&
      [InteractionResponseType.DeferredMessageUpdate, InteractionResponseType.UpdateMessage].some(
        (type) => type === this.record.acknowledgedBy,
      );
    return [...this.#state.messages.values()]
      .filter(
        (message) => message.interactionToken === this.token || (updated && message.id === this.record.sourceMessageId),
      )
      .filter((message) => !message.deleted)
      .map((message) => new MessageHandle(this.#state, message));
  }

  /**
   * Waits for an answer that fits, private ones included, as first sent or as edited later. Without a predicate: the
   * first that is not "thinking" any more. Rejects when the application does not answer in time.
   */
  expectReply(
    predicate: (message: MessageHandle) => boolean = ({ isLoading }) => !isLoading,
    options?: WaitOptions,
  ): Promise<MessageHandle> {
    const said = () =>
      this.replies()
        .map(({ text, isLoading }) => (isLoading ? "(thinking)" : text))
        .join(" | ");
    return waitFor(
      this.#state.hub,
      () => `a reply; the interaction is ${this.state} and says: ${said().slice(0, 400)}`,
      () => {
        this.#rejectFailure();
        return this.replies().find(predicate);
      },
      options,
    );
  }

  expectModal(options?: WaitOptions): Promise<ModalHandle> {
    return waitFor(
      this.#state.hub,
      () => `a form; the interaction is ${this.state}`,
      () => {
        this.#rejectFailure();
        const { modal, acknowledgedBy } = this.record;
        if (modal) return new ModalHandle(this.record, modal);
        if (acknowledgedBy !== undefined && this.state !== "waiting") throw new Error("answered, but not with a form");
        return undefined;
      },
      options,
    );
  }

  expectChoices(options?: WaitOptions): Promise<APIApplicationCommandOptionChoice[]> {
    return waitFor(
      this.#state.hub,
      () => "suggestions",
      () => {
        this.#rejectFailure();
        return this.record.choices;
      },
      options,
    );
  }

  /** Waits until the application acknowledged it in any way. */
  expectAcknowledged(options?: WaitOptions): Promise<this> {
    const what = () => "an acknowledgement";
    return waitFor(
      this.#state.hub,
      what,
      () => {
        this.#rejectFailure();
        return this.state === "waiting" ? undefined : this;
      },
      options,
    );
  }

  /** Waits for "The application did not respond". */
  async expectFailure(options?: WaitOptions): Promise<void> {
    await waitFor(
      this.#state.hub,
      () => "a failure",
      () => (this.state === "failed" ? true : undefined),
      options,
    );
  }

  #rejectFailure(): void {
    if (this.state === "failed") throw new Error("The application did not respond");
  }
}
