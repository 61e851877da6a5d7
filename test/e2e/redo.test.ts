import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { MessageHandle } from "../../sandbox/index.ts";
import type { Bot } from "../../src/startBot.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let bot: Bot;
const engine = new TintEngine({ stepMs: 5 });
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
});
afterAll(() => world.close());
afterEach(({ task }) => {
  engine.options.second = 0.08;
  engine.options.isEdit = 0.99;
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

async function edit(instruction: string, options: Record<string, string | number> = {}, channel = world.pictures) {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  return world.sandbox.member.slash(channel, "edit", { image, instruction, ...options });
}

/** The result of an edit, in the channel, newer than `after`. */
const result = (word: string, after?: MessageHandle) =>
  world.pictures.expectMessage(({ author, text }) => author === "emend" && text.includes(word), after ? { after } : {});

function menuOf(message: MessageHandle) {
  const [, id] = /"custom_id":"(v1:redo:[^"]+)"/.exec(JSON.stringify(message.raw.components)) ?? [];
  if (id === undefined) throw new Error("no menu");
  return id;
}

it("offers the model's tasks below a result, the most probable first, and makes the edit again as another one", async () => {
  engine.options.second = 0.4;
  await edit("make the sky gray", { seed: 11, steps: 3, alpha: 0.25 });
  const first = await result("sky gray");
  expect(first.text).toContain("-# texture (60 %) · seed 11");
  expect(first.text).toContain("-# It could also be add (40 %): choose it below to compare.");
  const [menu] = JSON.stringify(first.raw.components).match(/\{[^{]*"type":3.*?\]/) ?? [];
  expect([...(menu ?? "").matchAll(/"value":"(\w+)"/g)].map(([, value]) => value)).toEqual([
    "texture",
    "add",
    "remove",
  ]);
  expect(menu).toContain("40 % · Add something");

  const chosen = await world.sandbox.member.select(first, menuOf(first), ["add"]);
  const second = await result("sky gray", first);
  expect(second.text).toContain("-# add · seed 11 · α\u00a00.25 · 0 % kept · 3 steps");
  expect(second.replyTo).toBe(first.id);
  const [before, after] = engine.edits.slice(-2);
  expect(before).toMatchObject({ steps: 3, alpha: 0.25 });
  expect(after).toEqual({ ...before, task: "add" });
  const reply = await chosen.expectReply(({ content }) => content.includes("channels/"));
  expect(reply.isEphemeral).toBe(true);
  expect(first.isEdited).toBe(false);

  await world.sandbox.member.select(second, menuOf(second), ["remove"]);
  const third = await result("sky gray", second);
  expect(third.text).toContain("-# remove · seed 11");
  expect(engine.edits.at(-1)?.picture).toEqual(before?.picture);
});

it("says nothing of a second task that is far behind, and tells when it was hardly an edit", async () => {
  engine.options.isEdit = 0.2;
  await edit("nice boat, isn't it");
  const { text } = await result("nice boat");
  expect(text).not.toContain("could also be");
  expect(text).toContain("-# I was not sure that this asks for an edit.");
});

it("answers kindly, in private, when no edit was asked for, and edits all the same when a task is named", async () => {
  engine.options.isEdit = 0.02;
  const reply = await (await edit("thanks a lot")).expectReply(({ content }) => content.includes("do not see an edit"));
  expect(reply.isEphemeral).toBe(true);
  await edit("thanks a lot", { task: "add" });
  expect((await result("thanks a lot")).text).toContain("-# add · ");
});

it("lets others redo it who could edit here themselves, and always the asker", async () => {
  const { sandbox, pictures } = world;
  await edit("whose boat");
  const first = await result("whose boat");
  const theo = sandbox.user("theo");
  await theo.select(first, menuOf(first), ["add"]);
  const second = await result("whose boat", first);
  expect(second.text).toContain(`<@${theo.id}>`);
  pictures.deny("theo", "UseApplicationCommands");
  pictures.deny(sandbox.member.name, "UseApplicationCommands");
  try {
    const count = engine.edits.length;
    const refused = await (await theo.select(first, menuOf(first), ["remove"])).expectReply();
    expect(refused.isEphemeral).toBe(true);
    expect(refused.content).toContain("permissions to use commands");
    expect(engine.edits).toHaveLength(count);
    await sandbox.member.select(first, menuOf(first), ["remove"]);
    expect((await result("whose boat", second)).text).toContain("-# remove · ");
  } finally {
    pictures.resetPermissions();
  }
});

it("works where the result stands in the private reply", async () => {
  const lounge = world.sandbox.channel("lounge");
  lounge.deny("bot", "SendMessages");
  try {
    const first = await (await edit("hush", {}, lounge)).expectReply(({ images }) => images.length === 2);
    const chosen = await world.sandbox.member.select(first, menuOf(first), ["remove"]);
    const second = await chosen.expectReply(({ images }) => images.length === 2);
    expect(second.text).toContain("-# remove · ");
    expect(second.id).not.toBe(first.id);
  } finally {
    lounge.resetPermissions();
  }
});

it("still works after a restart, and says so kindly when the edit is forgotten or its picture gone", async () => {
  const { sandbox, redis, prefix } = world;
  await edit("long ago");
  const first = await result("long ago");
  const menu = menuOf(first);
  await bot.close();
  bot = await world.startBot();
  await sandbox.expectBot();
  await sandbox.member.select(first, menu, ["add"]);
  const second = await result("long ago", first);

  const commands = await redis.commands();
  const key = `${prefix}:turn:${menu.split(":").at(-1)}`;
  await rm(join(redis.home, "blobs"), { recursive: true });
  const gone = await (await sandbox.member.select(first, menu, ["remove"])).expectReply();
  expect([gone.isEphemeral, gone.content]).toEqual([true, expect.stringContaining("no longer have that picture")]);

  await commands.del(key);
  const forgotten = await (await sandbox.member.select(first, menu, ["remove"])).expectReply();
  expect([forgotten.isEphemeral, forgotten.content]).toEqual([
    true,
    expect.stringContaining("start again with `/edit`"),
  ]);
  expect(world.pictures.messages().at(-1)?.id).toBe(second.id);
});
