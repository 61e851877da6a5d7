import { Client, GatewayIntentBits, Options, Partials } from "discord.js";
import type { Log } from "../../log/createLog.ts";

export interface ClientOptions {
  /** DISCORD_API_URL, without the version. */
  readonly apiUrl: string;
  readonly cdnUrl?: string | undefined;
  /** Ask for the privileged Message Content intent; without it the bot reads what is addressed to it. */
  readonly messageContent?: boolean | undefined;
}

/**
 * A client that asks for as little as possible: no privileged intents (unless told), and caches only of what commands
 * need (guilds, channels, roles; permissions come with each interaction and message). Messages are not kept, so they
 * are partial when they are deleted; direct messages come without their channel.
 */
export function createClient({ apiUrl, cdnUrl, messageContent = false }: ClientOptions, log: Log): Client<boolean> {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl, version: "10", ...(cdnUrl === undefined ? {} : { cdn: cdnUrl }) },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      GuildMemberManager: { maxSize: 100, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
  client.on("error", (error) => log.warn("discord.js", { error }));
  client.on("shardError", (error) => log.warn("the connection to Discord broke", { error }));
  client.on("shardReconnecting", () => log.info("connecting to Discord again"));
  client.rest.on("rateLimited", ({ method, timeToReset }) =>
    log.info("Discord slows us down", { method, timeToReset }),
  );
  client.rest.on("invalidRequestWarning", ({ count }) => log.warn("many refused requests to Discord", { count }));
  return client;
}
