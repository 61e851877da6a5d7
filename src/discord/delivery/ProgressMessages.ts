import type { RawFile } from "discord.js";
import type { RESTPostAPIChannelMessageJSONBody } from "discord-api-types/v10";
import type { Redis } from "ioredis";
import { z } from "zod";
import { keysOf } from "../../conversation/keys.ts";
import type { Turn } from "../../conversation/Turn.ts";
import { snowflakeSchema } from "../../queue/contract/scalars.ts";
import { redisCall } from "../../storage/redisCall.ts";
import { cancelIdOf } from "../cancelling/cancelRow.ts";
import { faultOf } from "./discordCode.ts";
import type { Postbox } from "./Postbox.ts";

type ProgressBody = Pick<RESTPostAPIChannelMessageJSONBody, "content" | "attachments" | "components">;

const notedSchema = z.object({
  channel: snowflakeSchema,
  /** Null: it is being posted, or somebody died while posting it. */
  message: snowflakeSchema.nullable(),
});

/** Notes ARGV[2] for the turn ARGV[1] in KEYS[2] while the turn KEYS[1] has no outcome. */
const NOTE = `if redis.call("hget", KEYS[1], "outcome") ~= "null" then return 0 end
redis.call("hset", KEYS[2], ARGV[1], ARGV[2])
return 1`;

/**
 * The messages that show how far edits are which were asked for by a message: nobody can be answered in private there.
 * Each is noted before it is posted and until it was removed, so that none stays behind, whoever dies when. The result
 * is another message: an edit of this one that comes late, from another process, can then never paint over it.
 */
export class ProgressMessages {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #turnKey: (turnId: string) => string;
  readonly #postbox: Postbox;

  constructor(redis: Redis, prefix: string, postbox: Postbox) {
    this.#redis = redis;
    this.#key = keysOf(prefix).progress;
    this.#turnKey = keysOf(prefix).turn;
    this.#postbox = postbox;
  }

  /** Posts or changes the message; does nothing for a turn that has ended. @throws as Discord does */
  async show(turn: Turn, body: ProgressBody, files: RawFile[], signal: AbortSignal): Promise<void> {
    const { id, channel, instructionMessage } = turn;
    const before = await this.#find(id);
    if (before?.message) return this.#postbox.edit(channel, before.message, body, files, signal);
    if (!(await this.#note(turn, null))) return;
    const posted =
      (before && (await this.#lookFor(id, channel))) ??
      (await this.#postbox.post(
        channel,
        {
          ...body,
          // A second post with the same nonce gives the first message back, for some minutes.
          ...{ nonce: `p${id}`.slice(0, 25), enforce_nonce: true },
          ...(instructionMessage === null
            ? {}
            : { message_reference: { message_id: instructionMessage, fail_if_not_exists: false } }),
        },
        files,
      ));
    // The turn ended meanwhile, and whoever ended it could not know about this message.
    if (!(await this.#note(turn, posted))) await this.#postbox.remove(channel, posted);
  }

  /** Removes the message of a turn that ended or was deleted. @throws when that may work later; it then stays noted */
  async clear(turnId: string): Promise<void> {
    const noted = await this.#find(turnId);
    if (!noted) return;
    const message = noted.message ?? (await this.#lookFor(turnId, noted.channel));
    try {
      if (message !== undefined) await this.#postbox.remove(noted.channel, message);
    } catch (error) {
      if (faultOf(error) === "passing") throw error;
    }
    await redisCall(this.#redis.hdel(this.#key, turnId));
  }

  /** Ids of the turns that have such a message. */
  async all(): Promise<string[]> {
    return redisCall(this.#redis.hkeys(this.#key));
  }

  async #find(turnId: string): Promise<z.infer<typeof notedSchema> | undefined> {
    const json = await redisCall(this.#redis.hget(this.#key, turnId));
    return json === null ? undefined : notedSchema.parse(JSON.parse(json));
  }

  /** @returns false when the turn has ended or is gone */
  async #note({ id, channel }: Turn, message: string | null): Promise<boolean> {
    const keys = [this.#turnKey(id), this.#key];
    const noted = JSON.stringify({ channel, message });
    return (await redisCall(this.#redis.eval(NOTE, keys.length, ...keys, id, noted))) === 1;
  }

  /** The turn's id is that of the message that asked, which the progress came soon after. */
  #lookFor(turnId: string, channel: string): Promise<string | undefined> {
    return this.#postbox.find(channel, cancelIdOf(turnId), turnId);
  }
}
