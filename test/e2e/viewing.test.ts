import { rm } from "node:fs/promises";
import { join } from "node:path";
import { REST } from "discord.js";
import { ButtonStyle, ComponentType, Routes } from "discord-api-types/v10";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ChannelHandle, InteractionHandle, MessageHandle } from "../../sandbox/index.ts";
import type { Turn } from "../../src/conversation/Turn.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let turns: TurnStore;
let number = 0;
/** A name for each test's edits. */
let name: string;
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(new TintEngine({ stepMs: 1 }));
  await world.startBot();
  await world.sandbox.expectCommand("history");
  turns = new TurnStore(await world.redis.commands(), world.prefix);
});
afterAll(() => world.close());
beforeEach(() => {
  name = `boat${++number}`;
});

/** The id that the buttons of a result hold. */
function turnIdOf(message: MessageHandle): string {
  const [, id] = /"custom_id":"v1:compare:([^"]+)"/.exec(JSON.stringify(message.raw.components)) ?? [];
  if (id === undefined) throw new Error("no buttons");
  return id;
}

const resultSaying = (word: string, channel: ChannelHandle = world.pictures) =>
  channel.expectMessage(({ author, text }) => author === "emend" && text.includes(word));

/** Makes an edit of a new picture as a member does. Each result is one shade of one colour. */
async function begin(instruction: string, channel = world.pictures, who = world.sandbox.member) {
  const image = { name: "boat.png", bytes: await plainPng(400, 300) };
  await who.slash(channel, "edit", { image, instruction, seed: 100 });
  const message = await resultSaying(instruction, channel);
  return { message, id: turnIdOf(message) };
}

/** Goes on from a result by replying to it. */
async function go(parent: { message: MessageHandle }, instruction: string) {
  await world.sandbox.member.reply(parent.message, instruction);
  const message = await resultSaying(instruction);
  return { message, id: turnIdOf(message) };
}

const expectCard = (used: InteractionHandle, images = 1) =>
  used.expectReply((reply) => !reply.isLoading && reply.images.length === images);

const expectRefusal = async (used: InteractionHandle, words: string) => {
  const reply = await used.expectReply(({ isLoading }) => !isLoading);
  expect([reply.isEphemeral, reply.images.length, reply.content]).toEqual([true, 0, expect.stringContaining(words)]);
};

/** A message of the bot whose button has any custom id: what a modified client could send. */
async function forged(channel: ChannelHandle, customId: string): Promise<MessageHandle> {
  const rest = new REST({ api: world.sandbox.apiUrl }).setToken(world.sandbox.token);
  const button = { type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: customId, label: "Forged" };
  const body = { content: customId, components: [{ type: ComponentType.ActionRow, components: [button] }] };
  await rest.post(Routes.channelMessages(channel.id), { body });
  return channel.expectMessage(({ content }) => content === customId);
}

it("compares before and after in three ways, in private, and moves the slider's line", async () => {
  const { message } = await begin(name);
  expect(message.buttons).toEqual(expect.arrayContaining(["Compare", "History"]));
  const theo = world.sandbox.user("theo");
  const card = await expectCard(await theo.click(message, "Compare"), 3);
  expect(card.isEphemeral).toBe(true);
  const [side, blinking, slider] = card.images;
  expect([side, blinking, slider].map((image) => image?.contentType)).toEqual([
    ...["image/webp", "image/gif", "image/webp"],
  ]);
  expect(side?.description).toBe(`Left: Before. Right: After: ${name}`);
  // Counted by hand, because the worker in this process has forbidden sharp to read GIF: one control block a frame.
  expect(blinking?.bytes.toString("latin1").split("\x21\xf9\x04")).toHaveLength(3);

  // Plain before and after: the line divides two colours.
  const shareOfBefore = async (bytes?: Buffer) => {
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const row = data.subarray((info.height - 10) * info.width * 3);
    const reds = Array.from({ length: info.width }, (_, x) => row[x * 3] ?? 0);
    return reds.filter((red) => Math.abs(red - 0x30) < 20).length / info.width;
  };
  expect(await shareOfBefore(slider?.bytes)).toBeCloseTo(0.5, 1);
  await theo.click(card, "90 %");
  await card.expect(({ images }) => images[2]?.description?.includes("90 %") === true);
  expect(await shareOfBefore(card.images[2]?.bytes)).toBeCloseTo(0.9, 1);
  expect(card.images).toHaveLength(3);
  expect(message.isEdited).toBe(false);
});

it("compares with any other picture of the tree, and moves the line there, too", async () => {
  const root = await begin(name);
  const left = await go(root, `${name} in snow`);
  const right = await go(root, `${name} at night`);
  const { member } = world.sandbox;
  const card = await expectCard(await member.click(right.message, "Compare"), 3);
  expect(card.images[0]?.description).toBe(`Left: Before. Right: After: ${name} at night`);
  const menu = `v1:compare-with:${right.id}`;
  const shows = (words: string) => card.expect(({ images }) => images[2]?.description?.includes(words) === true);
  await member.select(card, menu, [left.id]);
  await shows(`Left of a line at 50 %: 2. ${name} in snow. Right of it: 3. ${name} at night`);
  await member.click(card, "10 %");
  await shows(`Left of a line at 10 %: 2. ${name} in snow. Right of it: 3. ${name} at night`);
  await member.select(card, menu, [":original"]);
  await shows(`Left of a line at 50 %: Original. Right of it: 3. ${name} at night`);
  await member.click(card, "70 %");
  await shows(`Left of a line at 70 %: Original. Right of it`);

  await turns.delete((await turns.get(left.id)) as Turn);
  const refused = await member.select(card, menu, [left.id]);
  await expectRefusal(refused, "no longer there");
  expect(card.images).toHaveLength(3); // and the comparison still stands
});

it("offers nothing else to compare with where there is nothing else", async () => {
  const { message, id } = await begin(name);
  const card = await expectCard(await world.sandbox.member.click(message, "Compare"), 3);
  expect(JSON.stringify(card.raw.components)).not.toContain(`compare-with:${id}`);
});

it("draws the history as a tree, and shows any of its pictures again", async () => {
  const root = await begin(name);
  const left = await go(root, `${name} in snow`);
  const right = await go(root, `${name} at night`);
  const leaf = await go(right, `${name} with stars`);
  const card = await expectCard(await world.sandbox.member.click(right.message, "History"));
  expect(card.isEphemeral).toBe(true);
  expect(card.text).toContain("4 edits.");
  const [picture] = card.images;
  expect(picture?.description).toBe(`A tree of 4 edits. The marked way: Original → 1. ${name} → 3. ${name} at night`);
  // Four columns (the original, and three edits in a row), two rows.
  expect([picture?.width, picture?.height]).toEqual([1_072, 548]);

  const menu = /"custom_id":"(v1:history-show:[^"]+)"/.exec(JSON.stringify(card.raw.components))?.[1] ?? "";
  const values = [...JSON.stringify(card.raw.components).matchAll(/"value":"(\d+)"/g)].map(([, value]) => value);
  expect(new Set(values)).toEqual(new Set([root.id, left.id, right.id, leaf.id]));
  const shown = await expectCard(await world.sandbox.member.select(card, menu, [left.id]), 2);
  expect(shown.text).toContain(`${name} in snow`);
  expect(shown.text).toContain(`/${left.message.id}`);
  expect(shown.buttons).toContain("History");
  const again = await expectCard(await world.sandbox.member.click(shown, "History"));
  expect(again.images[0]?.description).toContain(`1. ${name} → 2. ${name} in snow`);
});

it("finds one's latest result here with /history, or the one that a link names", async () => {
  const { sandbox, pictures } = world;
  const mine = await begin(`${name} of mine`);
  await begin(`${name} of Theo`, pictures, sandbox.user("theo"));
  const latest = await expectCard(await sandbox.member.slash(pictures, "history"));
  expect(latest.images[0]?.description).toContain(`1. ${name} of mine`);
  const link = `https://discord.com/channels/${sandbox.guildId}/${mine.message.channelId}/${mine.message.id}`;
  for (const message of [link, mine.message.id]) {
    const named = await expectCard(await sandbox.user("theo").slash(pictures, "history", { message }));
    expect(named.images[0]?.description).toContain(`${name} of mine`);
  }
  await expectRefusal(await sandbox.member.slash(pictures, "history", { message: "the boat" }), "no result of mine");
  const lounge = sandbox.channel("lounge");
  await expectRefusal(await sandbox.member.slash(lounge, "history"), "no result of yours here");
  await expectRefusal(await sandbox.member.slash(lounge, "history", { message: link }), "no longer there");
});

it.each(["compare", "history", "slide"])(
  "refuses a forged %s button: unknown edits, and those of other channels",
  async (action) => {
    const { sandbox, pictures } = world;
    const suffix = action === "slide" ? "_50" : "";
    const { id } = await begin(name);
    const lounge = sandbox.channel("lounge");
    const elsewhere = await forged(lounge, `v1:${action}:${id}${suffix}`);
    await expectRefusal(await sandbox.member.click(elsewhere, "Forged"), "no longer there");
    const direct = await forged(sandbox.member.directMessages(), `v1:${action}:${id}${suffix}`);
    await expectRefusal(await sandbox.member.click(direct, "Forged"), "no longer there");
    const unknown = await forged(pictures, `v1:${action}:nobody-has-this${suffix}`);
    await expectRefusal(await sandbox.member.click(unknown, "Forged"), "no longer there");
  },
);

it("answers a forged slider in private, and leaves the message that everybody sees alone", async () => {
  const { id } = await begin(name);
  const message = await forged(world.pictures, `v1:slide:${id}_70`);
  const card = await expectCard(await world.sandbox.user("theo").click(message, "Forged"), 3);
  expect([card.isEphemeral, message.isEdited]).toEqual([true, false]);
});

it("shows what stood in a private reply to its asker only", async () => {
  const { sandbox } = world;
  const lounge = sandbox.channel("lounge");
  lounge.deny("bot", "SendMessages");
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  const used = await sandbox.member.slash(lounge, "edit", { image, instruction: name });
  const secret = await used.expectReply(({ images }) => images.length === 2);
  await expectCard(await sandbox.member.click(secret, "Compare"), 3);
  lounge.resetPermissions();
  for (const action of ["compare", "history"]) {
    const message = await forged(lounge, `v1:${action}:${turnIdOf(secret)}`);
    await expectRefusal(await sandbox.user("theo").click(message, "Forged"), "no longer there");
  }
});

it("leaves other people's private results out of the tree, and what failed", async () => {
  const root = await begin(name);
  const theo = world.sandbox.user("theo").id;
  const hidden = `${BigInt(root.id) + 1n}`;
  const failed = `${BigInt(root.id) + 2n}`;
  const source = (await turns.get(root.id)) as Turn;
  await turns.create({ ...source, id: hidden, parent: root.id, author: theo, destination: "reply" });
  await turns.create({ ...source, id: failed, parent: root.id });
  const why = { v: 1, status: "failed", turnId: failed, code: "engine_failed", message: "" } as const;
  await turns.change(failed, { status: "failed", outcome: why });
  for (const id of [hidden, failed]) await turns.abandon(id);
  const card = await expectCard(await world.sandbox.member.click(root.message, "History"));
  expect(card.text).toContain("1 edit.");
});

it("draws a tree whose middle was deleted, and says kindly what is gone", async () => {
  const { sandbox, redis } = world;
  const root = await begin(name);
  const middle = await go(root, `${name} in snow`);
  const leaf = await go(middle, `${name} at night`);
  await turns.delete((await turns.get(middle.id)) as Turn);
  const card = await expectCard(await sandbox.member.click(leaf.message, "History"));
  expect(card.images[0]?.description).toContain(`→ 1. ${name} → deleted → 2. ${name} at night`);
  await expectRefusal(await sandbox.member.click(middle.message, "Compare"), "no longer there");
  await expectRefusal(await sandbox.member.click(middle.message, "History"), "no longer there");

  await rm(join(redis.home, "blobs"), { recursive: true });
  await expectRefusal(await sandbox.member.click(leaf.message, "Compare"), "no longer have that picture");
  await expectCard(await sandbox.member.click(leaf.message, "History")); // boxes without pictures
});
