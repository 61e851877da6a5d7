import type { RawFile, REST, RouteLike } from "discord.js";
import {
  type APIDMChannel,
  type APIMessage,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPatchAPIInteractionOriginalResponseJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from "discord-api-types/v10";
import { discordCode } from "./discordCode.ts";
import { multipart } from "./multipart.ts";

/** The name of a turn's picture file: how a message can be told to show that turn's result. */
export const fileStem = (turnId: string) => `emend-${turnId}`;

const UNKNOWN_MESSAGE = 10008;

/** 1 January 2015, from which Discord's ids count. Milliseconds since 1970. */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Sends by ids alone, so that it works for turns whose interaction another process received. Nothing here pings. */
export class Postbox {
  readonly #rest: REST;
  readonly #applicationId: string;

  constructor(rest: REST, applicationId: string) {
    this.#rest = rest;
    this.#applicationId = applicationId;
  }

  /** Posts into a channel as the bot. @returns the message's id */
  async post(channelId: string, body: RESTPostAPIChannelMessageJSONBody, files: RawFile[] = []): Promise<string> {
    const payload = { ...body, allowed_mentions: { parse: [], replied_user: false } };
    return (await this.#send("post", Routes.channelMessages(channelId), payload, files)).id;
  }

  /** Sends a direct message as the bot. @returns the message's id @throws 50007 where the person takes none */
  async postTo(userId: string, content: string): Promise<string> {
    const opened = await this.#rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
    return this.post((opened as APIDMChannel).id, { content });
  }

  /** Changes a message of the bot. Files that it had before are removed. */
  async edit(
    channelId: string,
    messageId: string,
    body: RESTPatchAPIChannelMessageJSONBody,
    files: RawFile[] = [],
    signal?: AbortSignal,
  ): Promise<void> {
    const payload = { attachments: [], ...body, allowed_mentions: { parse: [] } };
    await this.#send("patch", Routes.channelMessage(channelId, messageId), payload, files, signal ? { signal } : {});
  }

  /** Changes the answer to an interaction. Files and buttons that it had before are removed. @returns the message's id */
  async editReply(
    token: string,
    body: RESTPatchAPIInteractionOriginalResponseJSONBody,
    files: RawFile[] = [],
    signal?: AbortSignal,
  ): Promise<string> {
    const route = Routes.webhookMessage(this.#applicationId, token, "@original");
    const payload = { attachments: [], components: [], ...body, allowed_mentions: { parse: [] } };
    return (await this.#send("patch", route, payload, files, { auth: false, ...(signal ? { signal } : {}) })).id;
  }

  /** Deletes a message of the bot; one that is gone already is no error. */
  async remove(channelId: string, messageId: string): Promise<void> {
    try {
      await this.#rest.delete(Routes.channelMessage(channelId, messageId));
    } catch (error) {
      if (discordCode(error) !== UNKNOWN_MESSAGE) throw error;
    }
  }

  /**
   * The turn's result, if it stands in the channel already: somebody posted it and died before writing that down.
   * Undefined also when the bot may not look.
   * @param since milliseconds since 1970
   */
  async findResult(channelId: string, turnId: string, since: number): Promise<string | undefined> {
    return this.find(channelId, fileStem(turnId), ((BigInt(since) - DISCORD_EPOCH) << 22n).toString());
  }

  /** A bot's message with this mark among its files and components, soon after another one; undefined also without access. */
  async find(channelId: string, mark: string, after: string): Promise<string | undefined> {
    const query = new URLSearchParams({ after, limit: "100" });
    try {
      const messages = (await this.#rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
      const shows = ({ author, attachments, components }: APIMessage) =>
        author.bot === true && JSON.stringify([attachments, components]).includes(mark);
      return messages.find(shows)?.id;
    } catch {
      return undefined;
    }
  }

  async #send(
    method: "post" | "patch",
    route: RouteLike,
    payload: object,
    files: RawFile[],
    options: { auth?: false; signal?: AbortSignal } = {},
  ): Promise<APIMessage> {
    if (files.length === 0) return (await this.#rest[method](route, { ...options, body: payload })) as APIMessage;
    const { body, contentType } = multipart(payload, files);
    const headers = { "content-type": contentType };
    return (await this.#rest[method](route, { ...options, body, passThroughBody: true, headers })) as APIMessage;
  }
}
