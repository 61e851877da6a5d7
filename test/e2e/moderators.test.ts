import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { MessageHandle, Person } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import type { Bot } from "../../src/startBot.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

const MANAGE_MESSAGES = 1n << 13n;

let world: World;
let bot: Bot;
let turns: TurnStore;
let mina: Person;
let ada: Person;
const engine = new TintEngine();
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  turns = new TurnStore(await world.redis.commands(), world.prefix);
  mina = world.sandbox.member;
  ada = world.sandbox.addUser("ada", { permissions: MANAGE_MESSAGES });
});
afterAll(async () => {
  expect(world.sandbox.unknownRoutes).toEqual([]);
  await world.close();
});
afterEach(({ task }) => {
  engine.options.stepMs = 1;
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

async function edit(instruction: string, person = mina) {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  return person.slash(world.pictures, "edit", { image, instruction });
}

async function result(instruction: string, person = mina, rest = ""): Promise<MessageHandle> {
  await edit(`${instruction}${rest}`, person);
  const message = await world.pictures.expectMessage(
    ({ text, images }) => text.includes(instruction) && images.length > 0,
  );
  await waitFor(() => turns.byMessage(message.id), "the turn of a message");
  return message;
}

/** What the bot wrote to somebody in private. */
const letters = (person: Person) =>
  person
    .directMessages()
    .messages()
    .filter(({ author }) => author === "emend");
const letter = (person: Person, words: string) =>
  person.directMessages().expectMessage(({ author, text }) => author === "emend" && text.includes(words));

it("tells who asked, in the private reply, that a moderator stopped the edit, and not who", async () => {
  engine.options.stepMs = 300;
  const asked = await edit("stop me");
  await asked.expectReply(({ content }) => content.includes("step"));
  const moderator = await ada.slash(world.pictures, "cancel", { edit: asked.id });
  await moderator.expectReply(({ content }) => content.includes("within a step"));
  const told = await asked.expectReply(({ content }) => content.includes("moderator"));
  expect(told.content).not.toMatch(/ada/i);
  expect(told.content).toContain("does not count");
});

it("says so also when the bot was restarted in between, and below a message that asked", async () => {
  engine.options.stepMs = 500;
  const asked = await mina.post(world.pictures, `<@${world.sandbox.applicationId}> stop me, too`, [
    { name: "boat.png", bytes: await plainPng(40, 30) },
  ]);
  const progress = await world.pictures.expectMessage(
    ({ replyTo, text }) => replyTo === asked.id && text.includes("step"),
  );
  await (await ada.click(progress, "Cancel")).expectReply();
  await bot.close();
  bot = await world.startBot();
  await world.sandbox.expectBot();
  await world.pictures.expectMessage(({ replyTo, text }) => replyTo === asked.id && text.includes("moderator"));
});

it("says of an edit that its asker cancelled that it was cancelled, also when a moderator comes later", async () => {
  engine.options.stepMs = 500;
  const asked = await edit("my own will");
  const progress = await asked.expectReply(({ content }) => content.includes("step"));
  await (await mina.click(progress, "Cancel")).expectReply();
  await ada.slash(world.pictures, "cancel", { edit: asked.id });
  await asked.expectReply(({ content }) => content.includes("was cancelled"));
});

it("writes to who asked when a moderator deletes their result by the button, once and without a name", async () => {
  const message = await result("take", mina, " *this* away @everyone");
  const before = letters(mina).length;
  await (await ada.click(message, "Delete")).expectReply(({ content }) => content.includes("Deleted"));
  const told = await letter(mina, "take");
  expect(told.content).toContain(`<#${world.pictures.id}>`);
  expect(told.content).toContain("\\*this\\*");
  expect(told.content).not.toMatch(/ada|@everyone/i);
  await result("afterwards");
  expect(letters(mina)).toHaveLength(before + 1);
});

it("writes to them when a moderator deletes the message in Discord, and to nobody who did it alone", async () => {
  const message = await result("by hand");
  ada.delete(message);
  await letter(mina, "by hand");
  await waitFor(async () => (await turns.byMessage(message.id)) === undefined, "the turn to be forgotten");

  const own = await result("my very own");
  await (await mina.click(own, "Delete")).expectReply(({ content }) => content.includes("Deleted"));
  const adas = await result("of a moderator", ada);
  ada.delete(adas);
  await waitFor(async () => (await turns.byMessage(adas.id)) === undefined, "the turn to be forgotten");
  await (await mina.click(await result("settled"), "Delete")).expectReply();
  expect(letters(mina).filter(({ text }) => /very own|settled/.test(text))).toEqual([]);
  expect(letters(ada)).toEqual([]);
});

it("says it in the channel, without the words, to whoever takes no direct messages, and pings nobody", async () => {
  const message = await result("closed doors");
  world.sandbox.failNext("POST", "/users/@me/channels", { status: 403, code: 50007 });
  await (await ada.click(message, "Delete")).expectReply(({ content }) => content.includes("Deleted"));
  const told = await world.pictures.expectMessage(({ text }) => text.includes("deleted by a moderator"));
  expect(told.text).not.toContain("closed doors");
  expect(told.stored.mentions).toEqual([]);
});
