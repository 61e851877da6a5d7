import type { APIApplicationCommand, ChannelType } from "discord-api-types/v10";
import type { Fault } from "../server/http/Faults.ts";
import type { RestCall } from "../server/http/handleRest.ts";
import type { SandboxServer } from "../server/SandboxServer.ts";
import type { Locale } from "../server/state/locales.ts";
import type { PrivilegedIntent, State } from "../server/state/State.ts";
import { ChannelHandle } from "./ChannelHandle.ts";
import { findChannel } from "./findChannel.ts";
import { InteractionHandle } from "./InteractionHandle.ts";
import type { MessageHandle } from "./MessageHandle.ts";
import { type ChannelLike, Person } from "./Person.ts";
import { addBot, addChannel, addGuild, addUser } from "./population.ts";
import { type WaitOptions, waitFor } from "./waitFor.ts";

/** A running local Discord, and the hands of the people in it. */
export class Sandbox {
  readonly #server: SandboxServer;
  readonly state: State;
  #closed = false;

  constructor(state: State, server: SandboxServer) {
    this.state = state;
    this.#server = server;
  }

  /** The chat page. */
  get url(): string {
    return `${this.state.origin}/`;
  }
  /** What DISCORD_API_URL is set to. */
  get apiUrl(): string {
    return `${this.state.origin}/api`;
  }
  /** Where addresses of attachments begin. */
  get cdnUrl(): string {
    return this.state.cdnUrl;
  }
  get token(): string {
    return this.state.token;
  }
  get applicationId(): string {
    return this.state.applicationId;
  }
  get guildId(): string {
    return [...this.state.guilds.keys()][0] as string;
  }

  /** A person by user name or id: olive owns the server; mina and theo are members. */
  user(nameOrId: string): Person {
    const found = [...this.state.users.values()].find(({ id, username }) => id === nameOrId || username === nameOrId);
    if (!found || found.bot) throw new Error(`there is no person ${nameOrId}`);
    return new Person(this.state, found);
  }
  /** The owner of the first server: may do everything. */
  get owner(): Person {
    return this.user([...this.state.guilds.values()][0]?.ownerId ?? "");
  }
  /** An ordinary member. */
  get member(): Person {
    return this.user("mina");
  }
  channel(which: ChannelLike): ChannelHandle {
    return new ChannelHandle(this.state, findChannel(this.state, which));
  }
  messages(channel: ChannelLike): MessageHandle[] {
    return this.channel(channel).messages();
  }
  /** Everything people did, oldest first. */
  get interactions(): InteractionHandle[] {
    return [...this.state.interactions.values()].map((record) => new InteractionHandle(this.state, record));
  }
  get commands(): APIApplicationCommand[] {
    return [...this.state.commands.values()];
  }

  addUser(name: string, options?: { guildId?: string; permissions?: bigint }): Person {
    return new Person(this.state, addUser(this.state, name, { guildId: this.guildId, ...options }));
  }
  addChannel(name: string, options?: { guildId?: string; nsfw?: boolean; type?: ChannelType }): ChannelHandle {
    return new ChannelHandle(this.state, addChannel(this.state, name, { guildId: this.guildId, ...options }));
  }
  /** Another server; with `bot: false` the bot is there only for users who installed it themselves. */
  addGuild(
    name: string,
    options: { owner: Person; members?: Person[]; bot?: boolean },
  ): { id: string; channel: ChannelHandle } {
    const { guild, channel } = addGuild(this.state, name, {
      ownerId: options.owner.id,
      memberIds: (options.members ?? []).map(({ id }) => id),
      bot: options.bot ?? true,
    });
    return { id: guild.id, channel: new ChannelHandle(this.state, channel) };
  }
  /** The bot is thrown out of a server. */
  removeBotFrom(guildId: string): void {
    this.state.guilds.get(guildId)?.members.delete(this.state.botId);
    this.state.hub.emit({ type: "guildDelete", guildId });
  }

  /** Somebody invites the bot (back) into a server. */
  addBotTo(guildId: string): void {
    const guild = this.state.guilds.get(guildId);
    if (guild) addBot(this.state, guild);
    this.state.hub.emit({ type: "guildCreate", guildId });
  }
  /** What a server (the first one, unless told) calls its preferred language. */
  setGuildLocale(locale: Locale, guildId = this.guildId): void {
    const guild = this.state.guilds.get(guildId);
    if (guild) guild.locale = locale;
    this.state.hub.emit({ type: "guildUpdate", guildId });
  }
  /** Begins or ends an outage: Discord then says that the server is unavailable, also at a login. */
  setOutage(guildId: string, on: boolean): void {
    if (on) this.state.unavailable.add(guildId);
    else this.state.unavailable.delete(guildId);
    this.state.hub.emit(on ? { type: "guildDelete", guildId, unavailable: true } : { type: "guildCreate", guildId });
  }

  /** Switches privileged intents in the portal; a login that asks for another one is closed with 4014. */
  setPrivilegedIntents(...intents: PrivilegedIntent[]): void {
    this.state.privilegedIntents.clear();
    for (const intent of intents) this.state.privilegedIntents.add(intent);
  }
  setAttachmentSizeLimit(bytes: number): void {
    this.state.attachmentSizeLimit = bytes;
  }
  setRateLimits(enabled: boolean): void {
    this.#server.rateLimits.enabled = enabled;
  }
  /** Moves the clock: tokens grow old, signed addresses expire, waiting interactions fail. */
  advanceClock(milliseconds: number): void {
    this.state.clock.advance(milliseconds);
  }
  now(): number {
    return this.state.clock.now();
  }

  /** Lets the next fitting request fail or wait, as in `failNext("POST", "/channels/:id/messages", {status: 500, times: 2})`. */
  failNext(method: string, routePattern: string | RegExp, fault: Fault): void {
    this.#server.faults.add(method, routePattern, fault);
  }
  clearFaults(): void {
    this.#server.faults.clear();
  }
  /** `cut` breaks the connection, `reconnect` asks for one (op 7), `invalidate` ends the session (op 9). */
  dropGateway(how: "cut" | "reconnect" | "invalidate" = "cut"): void {
    this.#server.gateway.drop(how);
  }
  /** Sends the last interaction once more, with the same id and token. */
  replayLastInteraction(): void {
    const last = [...this.state.interactions.values()].at(-1);
    if (last) this.#server.gateway.replay(last.payload);
  }

  get botConnected(): boolean {
    return this.state.botConnected;
  }
  async expectBot(options?: WaitOptions): Promise<void> {
    await waitFor(
      this.state.hub,
      () => "the bot to connect",
      () => (this.botConnected ? true : undefined),
      options,
    );
  }
  /** Waits until the bot has registered a command of this name. */
  async expectCommand(name: string, options?: WaitOptions): Promise<APIApplicationCommand> {
    const find = () => this.commands.find((command) => command.name === name);
    return waitFor(
      this.state.hub,
      () => `command ${name}; there are: ${this.commands.map((command) => command.name)}`,
      find,
      options,
    );
  }

  /** Requests for routes that this server does not have. A test suite should end with none. */
  get unknownRoutes(): readonly string[] {
    return this.#server.unknownRoutes;
  }
  /** The latest REST calls with their status and, for refusals, Discord's code. */
  get calls(): readonly RestCall[] {
    return this.#server.calls;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#server.close();
  }
}
