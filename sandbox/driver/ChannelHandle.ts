import type { Channel, Overwrite } from "../server/state/Guild.ts";
import { bits, type PermissionName } from "../server/state/permissions.ts";
import type { State } from "../server/state/State.ts";
import { MessageHandle } from "./MessageHandle.ts";
import { type WaitOptions, waitFor } from "./waitFor.ts";

export class ChannelHandle {
  readonly #state: State;
  readonly channel: Channel;

  constructor(state: State, channel: Channel) {
    this.#state = state;
    this.channel = channel;
  }

  get id(): string {
    return this.channel.id;
  }
  get name(): string {
    return this.channel.name;
  }

  /** What stands in the channel now, oldest first; private replies are left out. */
  messages(): MessageHandle[] {
    return this.#state
      .messagesIn(this.id)
      .filter((message) => message.ephemeralFor === undefined)
      .map((message) => new MessageHandle(this.#state, message));
  }

  /**
   * Waits for a message that fits, as posted or as edited; one that stands there already counts, unless `after` names a
   * message that it must be newer than.
   */
  expectMessage(
    predicate: (message: MessageHandle) => boolean,
    options: WaitOptions & { after?: MessageHandle | string } = {},
  ): Promise<MessageHandle> {
    const after = BigInt(typeof options.after === "string" ? options.after : (options.after?.id ?? 0));
    const said = () =>
      this.messages()
        .slice(-5)
        .map(({ author, text }) => `${author}: ${text.slice(0, 120)}`)
        .join(" | ");
    return waitFor(
      this.#state.hub,
      () => `a message in #${this.name}; the last ones are: ${said() || "none"}`,
      () => this.messages().find((message) => BigInt(message.id) > after && predicate(message)),
      options,
    );
  }

  /** Waits until the bot is "typing". Only what happens from now on counts. */
  expectTyping(options: WaitOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(() => reject(new Error("nobody is typing"))), options.timeoutMs ?? 10_000);
      const stop = this.#state.hub.listen((event) => {
        if (event.type === "typing" && event.channelId === this.id) finish(resolve);
      });
      const finish = (act: () => void) => {
        clearTimeout(timer);
        stop();
        act();
      };
    });
  }

  /** Gives permissions in this channel. `who` is a user, a role id, or "everyone"; "bot" means the bot. */
  allow(who: string, ...names: PermissionName[]): void {
    const overwrite = this.#overwrite(who);
    overwrite.allow |= bits(names);
    overwrite.deny &= ~bits(names);
    this.#changed();
  }

  /** Takes permissions away in this channel, such as `deny("bot", "AttachFiles")`. */
  deny(who: string, ...names: PermissionName[]): void {
    const overwrite = this.#overwrite(who);
    overwrite.deny |= bits(names);
    overwrite.allow &= ~bits(names);
    this.#changed();
  }

  /** Forgets all special permissions of this channel. */
  resetPermissions(): void {
    this.channel.overwrites.clear();
    this.#changed();
  }

  setAgeRestricted(value: boolean): void {
    this.channel.nsfw = value;
    this.#changed();
  }

  #changed(): void {
    this.#state.hub.emit({ type: "channelUpdate", channelId: this.id });
  }

  #overwrite(who: string): Overwrite {
    const guild = this.#state.guildOf(this.channel);
    if (!guild) throw new Error("direct messages have no permissions to change");
    const user = [...this.#state.users.values()].find(({ id, username }) => id === who || username === who);
    const id = who === "everyone" ? guild.id : who === "bot" ? this.#state.botId : (user?.id ?? who);
    const isRole = guild.roles.has(id);
    if (!isRole && !this.#state.users.has(id)) throw new Error(`nobody is called ${who}`);
    const found = this.channel.overwrites.get(id) ?? { id, type: isRole ? 0 : 1, allow: 0n, deny: 0n };
    this.channel.overwrites.set(id, found);
    return found;
  }
}
