import { GatewayIntentBits, type Message } from "discord.js";
import { expect, test } from "vitest";
import type { MessageHandle, Sandbox } from "../../sandbox/index.ts";
import { api, registerCommands } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";
import { INTENTS, startBot } from "./support/startBot.ts";

const WITHOUT_CONTENT = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];

/** A bot without the content intent, and what it reads of people's messages: "text/attachments". */
async function blindBot(sandbox: Sandbox) {
  const read: string[] = [];
  const onMessage = (message: Message) =>
    !message.author.bot && read.push(`${message.content}/${message.attachments.size}`);
  const { client } = await startBot(sandbox, { intents: WITHOUT_CONTENT, onMessage });
  const channel = await client.channels.fetch(sandbox.channel("pictures").id);
  if (!channel?.isSendable()) throw new Error("cannot send");
  const say = async (content: string): Promise<MessageHandle> => {
    await channel.send(content);
    return sandbox.channel("pictures").expectMessage((message) => message.content === content);
  };
  return { client, read, say };
}

test("without the content intent messages come blank, over the gateway and over REST", async () => {
  const sandbox = await openSandbox();
  const { client, read } = await blindBot(sandbox);
  const message = await sandbox.member.post("pictures", "hello", [await picture()]);
  await expect.poll(() => read).toEqual(["/0"]);
  const channel = await client.channels.fetch(message.channelId);
  const fetched = await (channel?.isTextBased()
    ? channel.messages.fetch({ message: message.id, force: true })
    : undefined);
  expect([fetched?.content, fetched?.attachments.size]).toEqual(["", 0]);
});

test("with the intent they come whole", async () => {
  const sandbox = await openSandbox();
  const read: string[] = [];
  await startBot(sandbox, { intents: INTENTS, onMessage: ({ content }) => read.push(content) });
  await sandbox.member.post("pictures", "hello");
  await expect.poll(() => read).toEqual(["hello"]);
});

test("a mention and a pinging reply to a channel message are readable, a silent reply is not", async () => {
  const sandbox = await openSandbox();
  const { read, say } = await blindBot(sandbox);
  const result = await say("result");
  await sandbox.member.post("pictures", `<@${sandbox.applicationId}> hi`, [await picture()]);
  await sandbox.member.reply(result, "now at night");
  await sandbox.member.reply(result, "silent", { ping: false });
  await expect.poll(() => read).toEqual([`<@${sandbox.applicationId}> hi/1`, "now at night/0", "/0"]);
});

test("a pinging reply to the answer of an interaction stays blank", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const { read } = await blindBot(sandbox);
  const interaction = await sandbox.member.slash("pictures", "edit");
  const callback = `/interactions/${interaction.id}/${interaction.token}/callback`;
  await api(sandbox, "POST", callback, { type: 4, data: { content: "done" } });
  await sandbox.member.reply(await interaction.expectReply(), "again");
  await expect.poll(() => read).toEqual(["/0"]);
});

test("the target of a message command comes whole", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const targets: string[] = [];
  await startBot(sandbox, {
    intents: WITHOUT_CONTENT,
    onInteraction: (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      targets.push(`${interaction.targetMessage.content}/${interaction.targetMessage.attachments.size}`);
    },
  });
  const message = await sandbox.member.post("pictures", "look", [await picture()]);
  await sandbox.member.menu(message, "Edit this image");
  await expect.poll(() => targets).toEqual(["look/1"]);
});

test("an intent that the portal has switched off closes the login with 4014", async () => {
  const sandbox = await openSandbox();
  sandbox.setPrivilegedIntents();
  await expect(startBot(sandbox, { intents: INTENTS })).rejects.toThrow(/disallowed intents/i);
  await startBot(sandbox, { intents: WITHOUT_CONTENT });
  expect(sandbox.botConnected).toBe(true);
});
