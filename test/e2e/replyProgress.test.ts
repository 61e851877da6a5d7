import { afterEach, beforeEach, expect, it } from "vitest";
import type { MessageHandle, Person } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { PROGRESS_INTERVAL_MS } from "../../src/discord/delivery/ProgressBoard.ts";
import { Admission } from "../../src/queue/Admission.ts";
import { EditTimes } from "../../src/queue/EditTimes.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let mina: Person;
beforeEach(async () => {
  world = await startWorld();
  mina = world.sandbox.member;
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
  expect(world.sandbox.unknownRoutes).toEqual([]);
  await world.close();
});

const picture = await plainPng(40, 30);
const boat = () => ({ name: "boat.png", bytes: picture });

async function open(engine?: TintEngine) {
  const worker = engine && (await world.startWorker(engine));
  const bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  return { bot, worker };
}

/** Asks by a mention. */
const ask = (instruction: string, person = mina) =>
  person.post(world.pictures, `<@${world.sandbox.applicationId}> ${instruction}`, [boat()]);

/** The bot's messages below another one, deleted ones included. */
const below = (asked: MessageHandle) =>
  [...world.sandbox.state.messages.values()].filter(
    ({ authorId, reference }) => authorId === world.sandbox.state.botId && reference?.messageId === asked.id,
  );

const progressOf = (asked: MessageHandle, words = "") =>
  world.pictures.expectMessage(
    ({ replyTo, buttons, text }) => replyTo === asked.id && buttons.includes("Cancel") && text.includes(words),
  );

const resultOf = (asked: MessageHandle, timeoutMs = 10_000) =>
  world.pictures.expectMessage(({ replyTo, images }) => replyTo === asked.id && images.length === 2, { timeoutMs });

/** The bot has told the end, and removed the progress. */
async function told(asked: MessageHandle) {
  const turns = new TurnStore(await world.redis.commands(), world.prefix);
  await waitFor(async () => !(await turns.open()).includes(asked.id), "the end to be told");
  await waitFor(async () => (await noted()) === 0, "the progress to be removed");
}

const noted = async () => (await world.redis.commands()).hlen(`${world.prefix}:progress`);

const usedBy = async ({ id }: Person) =>
  new Admission(await world.redis.commands(), world.prefix).used({ member: id, guild: world.sandbox.guildId });

it("shows the place and an honest time, then steps with a preview, in one message that the result replaces", async () => {
  await open();
  const times = new EditTimes(await world.redis.commands(), world.prefix);
  await times.record("tint", 4, 60_000);
  const asked = await ask("take your time");
  const progress = await progressOf(asked, "No worker");
  const steps = progress.expect(({ text, images }) => /step \d of 4/.test(text) && images[0]?.name === "preview.png");
  await world.startWorker(new TintEngine({ stepMs: 700 }));
  const next = await ask("after that one");
  const place = await progressOf(next, "Done <t:");
  expect(place.text).toContain("next in line");
  await steps;
  expect(progress.stored.mentions).toEqual([]);
  await resultOf(asked);
  await progress.expectDeleted();
  await resultOf(next);
  await told(next);
  for (const each of [asked, next]) expect(below(each).filter(({ deleted }) => !deleted)).toHaveLength(1);
});

it("speaks the language of the channel", async () => {
  await open();
  const settings = new GuildSettingsStore(await world.redis.commands(), world.prefix);
  await settings.change(world.sandbox.guildId, { language: "de" });
  const asked = await ask("auf Deutsch");
  const progress = await world.pictures.expectMessage(({ replyTo }) => replyTo === asked.id);
  expect(progress.buttons).toEqual(["Abbrechen"]);
  expect(progress.text).toContain("Bearbeitung");
});

it("cancels within a step by the asker's press, gives the quota back, and refuses everybody else's", async () => {
  const engine = new TintEngine({ stepMs: 700 });
  await open(engine);
  const asked = await ask("too slow");
  const progress = await progressOf(asked, "step");
  expect(await usedBy(mina)).toBe(1);
  const stranger = await (await world.sandbox.user("theo").click(progress, "Cancel")).expectReply();
  expect(stranger.text).toContain("Only whoever asked");
  const answer = await (await mina.click(progress, "Cancel")).expectReply();
  expect([answer.isEphemeral, answer.text.includes("within a step")]).toEqual([true, true]);
  await world.pictures.expectMessage(({ replyTo, text }) => replyTo === asked.id && text.includes("cancelled"));
  await progress.expectDeleted();
  expect(await usedBy(mina)).toBe(0);
  expect(below(asked).filter(({ deleted }) => !deleted)).toHaveLength(1);
});

it("lets moderators cancel it, also while it waits", async () => {
  await open();
  const asked = await ask("wait for it");
  const progress = await progressOf(asked);
  const moderator = world.sandbox.addUser("ada", { permissions: 1n << 13n }); // Manage Messages
  await moderator.click(progress, "Cancel");
  await world.pictures.expectMessage(({ replyTo, text }) => replyTo === asked.id && text.includes("A moderator"));
  await progress.expectDeleted();
  expect(await usedBy(mina)).toBe(0);
});

it("goes on in the same message after a restart, and shows one result, also with two bots", async () => {
  const { bot } = await open(new TintEngine({ stepMs: 400 }));
  const asked = await ask("through it all");
  const progress = await progressOf(asked, "step");
  await bot.close();
  const said = progress.text;
  await Promise.all([world.startBot(), world.startBot()]);
  await progress.expect(({ text }) => text.includes("step") && text !== said);
  await resultOf(asked);
  await progress.expectDeleted();
  await told(asked);
  expect(below(asked).filter(({ deleted }) => !deleted)).toHaveLength(1);
  expect(below(asked)).toHaveLength(2);
});

it("finds the progress of a bot that died before it could write down where it stands", async () => {
  const { bot } = await open();
  const asked = await ask("who am I");
  const progress = await progressOf(asked);
  await bot.close();
  const redis = await world.redis.commands();
  const channel = world.pictures.id;
  await redis.hset(`${world.prefix}:progress`, asked.id, JSON.stringify({ channel, message: null }));
  const again = await world.startBot();
  await world.sandbox.expectBot();
  await waitFor(
    async () => (await redis.hget(`${world.prefix}:progress`, asked.id))?.includes(progress.id),
    "the message to be found",
  );
  expect(below(asked)).toHaveLength(1);

  // The same, and the edit is made while there is no bot.
  await again.close();
  await redis.hset(`${world.prefix}:progress`, asked.id, JSON.stringify({ channel, message: null }));
  await world.startWorker(new TintEngine());
  await waitFor(async () => (await world.queue.stateOf(asked.id)).state === "finished", "the edit");
  await world.startBot();
  await resultOf(asked);
  await progress.expectDeleted();
});

it("removes what Discord did not let it remove at once, and what was left by a turn that is gone", async () => {
  const { bot } = await open(new TintEngine({ stepMs: 200 }));
  const asked = await ask("stubborn");
  const progress = await progressOf(asked);
  world.sandbox.failNext("DELETE", "/channels/:id/messages/:id", { status: 500, times: 12 });
  await resultOf(asked);
  await progress.expectDeleted({ timeoutMs: 30_000 });
  world.sandbox.clearFaults();
  await told(asked);

  await bot.close();
  const redis = await world.redis.commands();
  await redis.hset(
    `${world.prefix}:progress`,
    "12345",
    JSON.stringify({ channel: world.pictures.id, message: "67890" }),
  );
  await world.startBot();
  await waitFor(async () => (await noted()) === 0, "the note of a turn that is gone to go");
}, 60_000);

it("makes the edit all the same when the message that asked, or the progress itself, is deleted meanwhile", async () => {
  await open(new TintEngine({ stepMs: 300 }));
  const asked = await ask("and gone");
  await progressOf(asked, "step");
  mina.delete(asked);
  const result = await world.pictures.expectMessage(
    ({ text, images }) => text.includes("and gone") && images.length > 0,
  );
  expect(result.author).toBe("emend");
  await told(asked);

  const second = await ask("without looking");
  const progress = await progressOf(second, "step");
  world.sandbox.owner.delete(progress);
  await resultOf(second);
  await told(second);
  expect(below(second).filter(({ deleted }) => !deleted)).toHaveLength(1);
  expect(world.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it("takes the progress away when its asker deletes all their data", async () => {
  await open(new TintEngine({ stepMs: 400 }));
  const asked = await ask("forget about it");
  const progress = await progressOf(asked, "step");
  const sure = await (await mina.slash(world.pictures, "privacy delete-my-data")).expectReply();
  await (await mina.click(sure, "Delete everything")).expectReply(({ text }) => text.includes("Deleted"));
  await progress.expectDeleted();
  await waitFor(async () => (await world.queue.active()) === 0, "the worker to stop");
  await waitFor(async () => (await noted()) === 0, "the note to go");
  expect(below(asked).filter(({ deleted }) => !deleted)).toEqual([]);
});

it("shows nothing in between when an edit is quick", async () => {
  await open(new TintEngine());
  const asked = await ask("in no time");
  await resultOf(asked);
  await told(asked);
  expect(below(asked)).toHaveLength(1);
});

it("meets no limit of Discord's when many are shown in one channel, and delivers them all", async () => {
  await world.startWorker(new TintEngine({ stepMs: 250 }));
  await world.startBot({ progressMs: PROGRESS_INTERVAL_MS });
  await world.sandbox.expectCommand("edit");
  world.sandbox.setRateLimits(true);
  const asked: MessageHandle[] = [];
  for (let i = 0; i < 9; i++) asked.push(await ask(`one of many ${i}`, i % 2 ? mina : world.sandbox.user("theo")));
  for (const each of asked) await resultOf(each, 60_000);
  for (const each of asked) await told(each);
  for (const each of asked) expect(below(each).filter(({ deleted }) => !deleted)).toHaveLength(1);
  expect(world.sandbox.calls.filter(({ method, status }) => method === "PATCH" && status === 429)).toEqual([]);
}, 90_000);
