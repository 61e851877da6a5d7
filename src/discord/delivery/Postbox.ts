import type { RawFile, REST } from "discord.js";
import {
  type APIMessage,
  type RESTPatchAPIInteractionOriginalResponseJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from "discord-api-types/v10";

/** The name of a turn's picture file: how a message can be told to show that turn's result. */
export const fileStem = (turnId: string) => `emend-${turnId}`;

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
    const message = (await this.#rest.post(Routes.channelMessages(channelId), {
      body: { ...body, allowed_mentions: { parse: [], replied_user: false } },
      files,
    })) as APIMessage;
    return message.id;
  }

  /** Changes the answer to an interaction. Files that the answer had before are removed. @returns the message's id */
  async editReply(
    token: string,
    body: RESTPatchAPIInteractionOriginalResponseJSONBody,
    files: RawFile[] = [],
    signal?: AbortSignal,
  ): Promise<string> {
    const message = (await this.#rest.patch(Routes.webhookMessage(this.#applicationId, token, "@original"), {
      body: { attachments: [], ...body, allowed_mentions: { parse: [] } },
      files,
      auth: false,
      ...(signal ? { signal } : {}),
    })) as APIMessage;
    return message.id;
  }

  /**
   * The turn's result, if it stands in the channel already: somebody posted it and died before writing that down.
   * Undefined also when the bot may not look.
   * @param since milliseconds since 1970
   */
  async findResult(channelId: string, turnId: string, since: number): Promise<string | undefined> {
    const after = ((BigInt(since) - 1_420_070_400_000n) << 22n).toString();
    const query = new URLSearchParams({ after, limit: "100" });
    try {
      const messages = (await this.#rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
      const own = messages.filter(({ author }) => author.id === this.#applicationId || author.bot);
      return own.find((message) => JSON.stringify([message.attachments, message.components]).includes(fileStem(turnId)))
        ?.id;
    } catch {
      return undefined;
    }
  }
}
