import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction, type Message } from "discord.js";
import { onTestFinished } from "vitest";
import type { Sandbox } from "../../../sandbox/index.ts";

export const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];

export interface TestBot {
  onInteraction?: (interaction: Interaction) => unknown;
  onMessage?: (message: Message) => unknown;
  intents?: ClientOptions["intents"];
  commands?: object[];
}

/** Logs the real discord.js in; what its handlers throw is collected in `errors`. */
export async function startBot(sandbox: Sandbox, bot: TestBot): Promise<{ client: Client<true>; errors: unknown[] }> {
  const client = new Client({
    intents: bot.intents ?? INTENTS,
    rest: { api: sandbox.apiUrl, cdn: sandbox.cdnUrl, version: "10" },
  });
  onTestFinished(() => client.destroy());
  const errors: unknown[] = [];
  const guarded =
    <T>(handler: ((value: T) => unknown) | undefined) =>
    async (value: T) => {
      try {
        await handler?.(value);
      } catch (error) {
        errors.push(error);
      }
    };
  client.on(Events.InteractionCreate, guarded(bot.onInteraction));
  client.on(Events.MessageCreate, guarded(bot.onMessage));
  client.on(Events.Error, (error) => errors.push(error));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.token);
  const readyClient = await ready;
  if (bot.commands) await readyClient.application.commands.set(bot.commands as never);
  return { client: readyClient, errors };
}
