import type { APIAttachment } from "discord-api-types/v10";
import { memberFields, userView } from "../server/messages/userView.ts";
import { roleView } from "../server/rest/guildView.ts";
import { permissionsIn } from "../server/state/access.ts";
import type { Channel } from "../server/state/Guild.ts";
import type { State } from "../server/state/State.ts";
import { PersonCannot } from "./PersonCannot.ts";

/** The `resolved` part of an interaction: the objects behind the ids in it. */
export class Resolved {
  readonly #state: State;
  readonly #channel: Channel;
  readonly #data: Record<string, Record<string, unknown>> = {};

  constructor(state: State, channel: Channel) {
    this.#state = state;
    this.#channel = channel;
  }

  /** For the payload: empty when nothing was added. */
  get data(): { resolved?: Record<string, Record<string, unknown>> } {
    return Object.keys(this.#data).length === 0 ? {} : { resolved: this.#data };
  }

  addAttachment(attachment: APIAttachment): string {
    return this.#put("attachments", attachment.id, attachment);
  }

  addMessage(id: string, message: unknown): string {
    return this.#put("messages", id, message);
  }

  addUser(id: string): string {
    const user = this.#state.users.get(id);
    if (!user) throw new PersonCannot(`there is no user ${id}`);
    const guild = this.#state.guildOf(this.#channel);
    if (guild?.members.has(id)) {
      const permissions = permissionsIn(this.#state, this.#channel, id).toString();
      this.#put("members", id, { ...memberFields(guild, id), permissions });
    }
    return this.#put("users", id, userView(user));
  }

  addChannel(id: string): string {
    const channel = this.#state.channels.get(id);
    if (!channel || channel.guildId !== this.#channel.guildId) throw new PersonCannot(`there is no channel ${id}`);
    const permissions = permissionsIn(this.#state, channel, this.#state.botId).toString();
    return this.#put("channels", id, { id, type: channel.type, name: channel.name, permissions });
  }

  addRole(id: string): string {
    const role = this.#state.guildOf(this.#channel)?.roles.get(id);
    if (!role) throw new PersonCannot(`there is no role ${id}`);
    return this.#put("roles", id, roleView(role));
  }

  addMentionable(id: string): string {
    return this.#state.users.has(id) ? this.addUser(id) : this.addRole(id);
  }

  #put(kind: string, id: string, value: unknown): string {
    this.#data[kind] = { ...this.#data[kind], [id]: value };
    return id;
  }
}
