import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { MessageHandle } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
const engine = new TintEngine({ stepMs: 20 });
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("edit");
});
afterAll(() => world.close());
afterEach(({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

/** Result messages of the channel whose text has this word. */
const results = (word: string) =>
  world.pictures.messages().filter(({ text, author }) => author === "emend" && text.includes(word));
const hasWord = (word: string) => (message: MessageHandle) => message.author === "emend" && message.text.includes(word);

async function edit(instruction: string, options: Record<string, string | number> = {}, channel = world.pictures) {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  return world.sandbox.member.slash(channel, "edit", { image, instruction, ...options });
}

it("answers /edit in private, posts the result in the channel, and links to it", async () => {
  const interaction = await edit("make the **boat** red", { seed: 5, steps: 6 });
  const result = await world.pictures.expectMessage(hasWord("boat"));
  expect(result.images.map(({ name, width, height }) => [name.replace(/\d+/, "ID"), width, height])).toEqual([
    ["emend-ID-before.webp", 40, 30],
    ["emend-ID.png", 40, 30],
  ]);
  expect(result.images.map(({ description }) => description)).toEqual([
    "Before: make the **boat** red",
    "After: make the **boat** red",
  ]);
  expect(result.text).toContain("**make the \\*\\*boat\\*\\* red**");
  expect(result.text).toContain("-# texture (92 %) · seed 5 · α\u00a00.03 · 0 % kept · 6 steps · 0.0 s · tint ·");
  const reply = await interaction.expectReply(({ content }) => content.includes("channels/"));
  expect(reply.isEphemeral).toBe(true);
  expect(reply.content).toContain(`/${world.sandbox.guildId}/${world.pictures.id}/${result.id}`);
  expect(reply.images).toHaveLength(0);
});

it("opens a form on a message, and replies to that message with the result", async () => {
  const { sandbox, pictures } = world;
  const picture = await plainPng(32, 32);
  const message = await sandbox.user("theo").post(pictures, "look", [{ name: "cat.png", bytes: picture }]);
  const menu = await sandbox.member.menu(message, "Edit this image");
  const form = await menu.expectModal();
  expect(form.fields).toEqual(["instruction", "task"]);
  await sandbox.member.submit(form, { instruction: "give it a hat", task: ["add"] });
  const result = await pictures.expectMessage(hasWord("hat"));
  expect(result.replyTo).toBe(message.id);
  expect(result.text).toContain("-# add · ");
  expect(result.stored.mentions).toEqual([]);
});

it("edits the lossless result when the message shows one of ours", async () => {
  const { sandbox, pictures } = world;
  await edit("first turn");
  const first = await pictures.expectMessage(hasWord("first turn"));
  const menu = await sandbox.member.menu(first, "Edit this image");
  await sandbox.member.submit(await menu.expectModal(), { instruction: "second turn" });
  const second = await pictures.expectMessage(hasWord("second turn"));
  expect(second.replyTo).toBe(first.id);
  const pixels = async (index: number, { images }: MessageHandle) => sharp(images[index]!.bytes).raw().toBuffer();
  const source = engine.edits.at(-1)?.picture.data;
  expect(Buffer.compare(Buffer.from(source ?? []), await pixels(1, first))).toBe(0);
});

it("makes one result of an interaction that Discord sends three times", async () => {
  await edit("only once");
  world.sandbox.replayLastInteraction();
  world.sandbox.replayLastInteraction();
  await world.pictures.expectMessage(hasWord("only once"));
  world.sandbox.replayLastInteraction();
  await edit("after that");
  await world.pictures.expectMessage(hasWord("after that"));
  expect(results("only once")).toHaveLength(1);
  expect(engine.edits.filter(({ instruction }) => instruction === "only once")).toHaveLength(1);
});

it("pings nobody, whatever the instruction says", async () => {
  await edit(`hello @everyone and <@${world.sandbox.user("theo").id}> and @here`);
  const result = await world.pictures.expectMessage(hasWord("hello"));
  expect(result.stored.mentions).toEqual([]);
  expect(result.raw.mention_everyone).toBe(false);
  expect(result.text).not.toContain("@everyone");
});

it("gives a result as WebP, and says so, when the PNG is larger than the channel takes", async () => {
  const { sandbox, pictures } = world;
  const noise = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255));
  const bytes = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } })
    .png()
    .toBuffer();
  sandbox.setAttachmentSizeLimit(70_000);
  try {
    const image = { name: "noise.webp", bytes: await sharp(bytes).webp({ quality: 30 }).toBuffer() };
    await sandbox.member.slash(pictures, "edit", { image, instruction: "too big" });
    const result = await pictures.expectMessage(hasWord("too big"));
    expect(result.images[1]).toMatchObject({ contentType: "image/webp", width: 200, height: 200 });
    expect(result.text).toContain("Saved as WebP");
  } finally {
    sandbox.setAttachmentSizeLimit(10 * 2 ** 20);
  }
});

it("posts the result although the private reply's token has run out", async () => {
  const interaction = await edit("slow as honey", { steps: 60 });
  await interaction.expectReply(({ content }) => content.includes("step"));
  world.sandbox.advanceClock(16 * 60_000);
  await world.pictures.expectMessage(hasWord("honey"));
});

it("says in private that it may not attach files, and makes no job", async () => {
  const lounge = world.sandbox.channel("lounge");
  lounge.deny("bot", "AttachFiles");
  const before = engine.edits.length;
  const interaction = await edit("no files", {}, lounge);
  const reply = await interaction.expectReply();
  expect(reply.isEphemeral).toBe(true);
  expect(reply.content).toContain("Attach Files");
  expect(engine.edits.length).toBe(before);
  lounge.resetPermissions();
});

it("puts the result into the private reply where the bot may not post", async () => {
  const lounge = world.sandbox.channel("lounge");
  lounge.deny("bot", "SendMessages");
  const interaction = await edit("hush", {}, lounge);
  const reply = await interaction.expectReply(({ images }) => images.length === 2);
  expect(reply.text).toContain("hush");
  expect(reply.text).toContain("only you see this");
  expect(lounge.messages()).toHaveLength(0);
  lounge.resetPermissions();
});

it("puts the result into the private reply when the permission goes away meanwhile", async () => {
  const lounge = world.sandbox.channel("lounge");
  const interaction = await edit("sudden", { steps: 40 }, lounge);
  await waitFor(() => engine.edits.some(({ instruction }) => instruction === "sudden"), "the edit to begin");
  lounge.deny("bot", "SendMessages");
  const reply = await interaction.expectReply(({ images }) => images.length === 2);
  expect(reply.text).toContain("sudden");
  lounge.resetPermissions();
  // It is the asker's alone, also for those who know its id.
  const turns = new TurnStore(await world.redis.commands(), world.prefix);
  expect(await turns.get(interaction.id)).toMatchObject({ destination: "reply" });
});

it("works where only the user has installed it", async () => {
  const { sandbox } = world;
  const other = sandbox.addGuild("elsewhere", { owner: sandbox.user("theo"), members: [sandbox.member], bot: false });
  const interaction = await edit("abroad", {}, other.channel);
  const reply = await interaction.expectReply(({ images }) => images.length === 2);
  expect(reply.text).toContain("abroad");
});

it("answers in direct messages", async () => {
  const channel = world.sandbox.member.directMessages();
  const interaction = await edit("between us", {}, channel);
  const result = await channel.expectMessage(hasWord("between us"));
  const reply = await interaction.expectReply(({ content }) => content.includes("channels/"));
  expect(reply.content).toContain(`/@me/${channel.id}/${result.id}`);
});

it("survives refusals and broken connections of Discord with one result", async () => {
  const { sandbox, pictures } = world;
  sandbox.failNext("POST", "/channels/:id/messages", { status: 500, times: 2 });
  sandbox.failNext("PATCH", /original/, { status: 502, times: 1 });
  await edit("through the storm");
  await pictures.expectMessage(hasWord("storm"), { timeoutMs: 15_000 });
  sandbox.dropGateway("reconnect");
  await sandbox.expectBot();
  await edit("after the storm");
  await pictures.expectMessage(hasWord("after the storm"));
  expect(results("the storm")).toHaveLength(2);
});

it("explains itself with /help", async () => {
  const reply = await (await world.sandbox.member.slash(world.pictures, "help")).expectReply();
  expect(reply.isEphemeral).toBe(true);
  expect(reply.content).toContain("/edit");
  expect(reply.content).toContain("`tint` on CPU");
});

it("registers its commands only when they changed", async () => {
  const puts = () => world.sandbox.calls.filter(({ method, path }) => method === "PUT" && path.includes("commands"));
  expect(puts()).toHaveLength(1);
  const second = await world.startBot();
  expect(puts()).toHaveLength(1);
  await second.close();
});

it("has asked for nothing that Discord does not have, and has logged no secret", async () => {
  expect(world.sandbox.unknownRoutes).toEqual([]);
  const log = world.lines.join("\n");
  expect(log.length).toBeGreaterThan(1_000);
  const secrets = [world.sandbox.token, world.redis.access.url, new URL(world.redis.access.url).password];
  for (const { token } of world.sandbox.interactions) secrets.push(token);
  for (const secret of secrets) expect(log.includes(secret)).toBe(false);
  expect(log).not.toMatch(/[?&]hm=/);
  expect(log).not.toContain("honey"); // people's words stay out, too
});
