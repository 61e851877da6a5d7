import { join } from "node:path";
import { ComponentType, InteractionType } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { InteractionHandle, type MessageHandle, type Person } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import { RetentionSweep } from "../../src/conversation/RetentionSweep.ts";
import type { Turn } from "../../src/conversation/Turn.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { createLog } from "../../src/log/createLog.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import type { Bot } from "../../src/startBot.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let bot: Bot;
let turns: TurnStore;
const engine = new TintEngine({ stepMs: 2 });
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectCommand("undo");
  turns = new TurnStore(await world.redis.commands(), world.prefix);
});
afterAll(() => world.close());
afterEach(({ task }) => {
  world.pictures.resetPermissions();
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

const shows = (words: string) => (message: MessageHandle) => message.author === "emend" && message.text.includes(words);
const result = (words: string, after?: MessageHandle) =>
  world.pictures.expectMessage(shows(words), after ? { after } : {});
const results = (words: string) => world.pictures.messages().filter(shows(words));

/** The turn whose result a message shows; written down a moment after the message can be seen. */
const turnOf = (message: MessageHandle): Promise<Turn> =>
  waitFor(() => turns.byMessage(message.id), "the turn of a message");

async function begin(instruction: string, person: Person = world.sandbox.member, channel = world.pictures) {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  const asked = await person.slash(channel, "edit", { image, instruction, seed: 7 });
  if (channel !== world.pictures) return asked.expectReply(({ images }) => images.length === 2);
  const message = await result(instruction);
  await turnOf(message);
  return message;
}

/** The private words that answer a click. */
async function answer(interaction: Promise<InteractionHandle>): Promise<string> {
  const reply = await (await interaction).expectReply();
  expect(reply.isEphemeral).toBe(true);
  return reply.content;
}

/** A click on a button that the message need not have. */
function forge(message: MessageHandle, custom_id: string, person: Person): Promise<InteractionHandle> {
  const { state } = world.sandbox;
  const data = { custom_id, component_type: ComponentType.Button };
  const { channel } = world.pictures;
  const record = createInteraction(state, {
    ...{ type: InteractionType.MessageComponent, userId: person.id, channel, data, source: message.stored },
  });
  return Promise.resolve(new InteractionHandle(state, record));
}

/** Everything that is known about turns, to be compared. */
async function stored(): Promise<unknown[]> {
  const redis = await world.redis.commands();
  const keys = (await redis.keys(`${world.prefix}:turn:*`)).sort();
  return Promise.all(keys.map((key) => redis.hgetall(key)));
}

it("goes on from a result with Edit again, a form that asks for the next instruction", async () => {
  const { member } = world.sandbox;
  const first = await begin("the first one");
  expect(first.buttons).toEqual(["Edit again", "Vary", "Undo", "Compare", "History", "Delete"]);
  const form = await (await member.click(first, "Edit again")).expectModal();
  const sent = await member.submit(form, { instruction: "the second one", task: ["add"] });
  const second = await result("the second one");
  expect(second.replyTo).toBe(first.id);
  expect(await turnOf(second)).toMatchObject({ parent: (await turnOf(first)).id, task: "add" });
  await sent.expectReply(({ content }) => content.includes("channels/"));
});

it("varies a result: the same edit of the same picture with another seed, beside the first", async () => {
  const first = await begin("vary me");
  await world.sandbox.member.click(first, "Vary");
  const second = await result("vary me", first);
  const [one, two] = [await turnOf(first), await turnOf(second)];
  expect(two).toMatchObject({ parent: null, tree: one.id, source: one.source, task: one.task });
  expect(two.seed).not.toBe(one.seed);
  expect(second.replyTo).toBe(first.id);
});

it("takes a result back in place, goes on from the picture before, and brings it back", async () => {
  const { member } = world.sandbox;
  const first = await begin("the house");
  const trunk = await turnOf(first);
  await member.reply(first, "the roof");
  const second = await result("the roof");
  const turn = await turnOf(second);
  const said = await (await member.click(second, "Undo")).expectReply();
  expect(said.isEphemeral).toBe(true);
  expect(said.content).toContain(`/${second.id}`);
  expect(second.text).toContain("~~the roof~~");
  expect(second.images.map(({ name }) => name)).toEqual([`emend-${turn.id}-before.webp`]);
  expect(second.buttons).toEqual(["Edit again", "Bring back", "History", "Delete"]);

  await member.reply(second, "the chimney");
  expect(await turnOf(await result("the chimney"))).toMatchObject({ parent: trunk.id, source: turn.source });

  await (await member.click(said, "Bring back")).expectReply();
  expect(second.text).toContain("**the roof**");
  expect(second.images).toHaveLength(2);
  await member.reply(second, "the garden");
  expect(await turnOf(await result("the garden"))).toMatchObject({ parent: turn.id });
});

it("takes back the asker's last result with /undo, then the one before, and says when there is none", async () => {
  const { sandbox, pictures } = world;
  const newcomer = sandbox.addUser("nia");
  const first = await begin("one of two", newcomer);
  await newcomer.reply(first, "two of two");
  const second = await result("two of two");
  await turnOf(second);
  await begin("of somebody else");
  const undo = () => answer(newcomer.slash(pictures, "undo"));
  expect(await undo()).toContain(`/${second.id}`);
  expect(second.text).toContain("~~two of two~~");
  expect(first.text).toContain("**one of two**");
  expect(await undo()).toContain(`/${first.id}`);
  expect(first.text).toContain("~~one of two~~");
  expect(await undo()).toContain("no result of yours");
});

it("deletes message, instruction and picture, and leaves what others made of it", async () => {
  const { member, user } = { member: world.sandbox.member, user: world.sandbox.user("theo") };
  const first = await begin("delete me");
  const turn = await turnOf(first);
  await user.reply(first, "what theo made of it");
  const child = await result("what theo made of it");
  const childTurn = await turnOf(child);
  expect(await answer(member.click(first, "Delete"))).toContain("Deleted");
  await first.expectDeleted();
  expect(await turns.get(turn.id)).toBeUndefined();
  expect(JSON.stringify(await stored())).not.toContain("delete me");
  expect((await turns.tree(turn.tree)).places.get(turn.id)).toMatchObject({
    turn: undefined,
    children: [childTurn.id],
  });
  await user.reply(child, "and further on");
  expect(await turnOf(await result("and further on"))).toMatchObject({ parent: childTurn.id });
});

it("deletes a result when a moderator does, by the button or by Discord's own means", async () => {
  const { owner } = world.sandbox;
  const first = await begin("against the rules");
  await answer(owner.click(first, "Delete"));
  await first.expectDeleted();
  const second = await begin("against all rules");
  const turn = await turnOf(second);
  owner.delete(second);
  await waitFor(async () => (await turns.get(turn.id)) === undefined, "the turn to be forgotten");
});

it("lets nobody else undo, bring back or delete, and nobody without permissions go on; nothing changes", async () => {
  const { sandbox, pictures } = world;
  const theo = sandbox.user("theo");
  const first = await begin("hands off");
  const turn = await turnOf(first);
  pictures.deny("theo", "UseApplicationCommands");
  const before = await stored();
  for (const action of ["undo", "restore", "delete-turn"]) {
    expect(await answer(forge(first, `v1:${action}:${turn.id}`, theo))).toContain("Only whoever asked");
  }
  for (const action of ["edit-again", "vary"]) {
    expect(await answer(forge(first, `v1:${action}:${turn.id}`, theo))).toContain("permissions to use commands");
  }
  expect(await stored()).toEqual(before);
  expect([first.isDeleted, first.isEdited]).toEqual([false, false]);
});

it("refuses forged ids, those of other channels, and those of what is deleted or forgotten; nothing changes", async () => {
  const { sandbox, pictures } = world;
  const first = await begin("a real one");
  const gone = await begin("a deleted one");
  const goneTurn = await turnOf(gone);
  await turns.delete(goneTurn);
  const lounge = sandbox.channel("lounge");
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  await sandbox.member.slash(lounge, "edit", { image, instruction: "elsewhere" });
  const elsewhere = await turnOf(await lounge.expectMessage(shows("elsewhere")));
  const before = await stored();
  const count = pictures.messages().length;
  for (const key of ["1", "9999999999999999999", goneTurn.id, elsewhere.id, "constructor", "x".repeat(60)]) {
    for (const action of ["edit-again", "vary", "undo", "restore", "delete-turn"]) {
      expect(await answer(forge(first, `v1:${action}:${key}`, sandbox.member))).toContain("no longer have");
    }
  }
  for (const id of ["v1:undo:", "v2:undo:1", "undo", "v1:undo:a:b", "💥"]) {
    expect(await answer(forge(first, id, sandbox.member))).toContain("do not know that");
  }
  expect(await stored()).toEqual(before);
  expect(pictures.messages()).toHaveLength(count);
});

it("says below a result that was kept long enough that it is gone, whichever button is pressed", async () => {
  const { sandbox, redis, prefix } = world;
  const old = await begin("as old as the hills");
  const turn = await turnOf(old);
  const blobs = new FolderBlobStore(join(redis.home, "blobs"));
  const settings = new GuildSettingsStore(await redis.commands(), prefix);
  const sweep = new RetentionSweep({ turns, blobs, settings, log: createLog({ level: "silent", secrets: [] }) });
  await sweep.run(turn.requestedAt + 181 * 86_400_000);
  const before = await stored();
  for (const button of ["Edit again", "Vary", "Undo", "Compare", "History", "Delete"]) {
    expect(await answer(sandbox.member.click(old, button))).toMatch(/no longer/);
  }
  expect([old.isDeleted, old.isEdited]).toEqual([false, false]);
  expect(await stored()).toEqual(before);
});

it("makes one turn of a double click, and of a click that is replayed a thousand times", async () => {
  const { sandbox } = world;
  const first = await begin("click click");
  const clicks = await Promise.all([1, 2, 3].map(() => sandbox.member.click(first, "Vary")));
  for (let i = 0; i < 1_000; i++) sandbox.replayLastInteraction();
  await result("click click", first);
  const words = await Promise.all(
    clicks.map(async (click) => (await click.expectReply(({ content }) => /channels|already/.test(content))).content),
  );
  expect(words.filter((each) => each.includes("at it already"))).toHaveLength(2);
  const last = await begin("after the clicks");
  expect(results("click click")).toHaveLength(2);

  await sandbox.member.click(last, "Undo");
  for (let i = 0; i < 50; i++) sandbox.replayLastInteraction();
  await last.expect(shows("~~after the clicks~~"));
  await begin("after all");
  expect(last.text).toContain("~~after the clicks~~");
});

it("keeps its buttons working after restarts, for months", async () => {
  const { sandbox } = world;
  const first = await begin("long ago");
  const turn = await turnOf(first);
  await bot.close();
  bot = await world.startBot();
  await sandbox.expectBot();
  sandbox.advanceClock(100 * 86_400_000);
  await answer(sandbox.member.click(first, "Undo"));
  expect(first.text).toContain("~~long ago~~");
  await answer(sandbox.member.click(first, "Bring back"));
  await sandbox.member.click(first, "Vary");
  expect((await turnOf(await result("long ago", first))).tree).toBe(turn.tree);
});

it("undoes also where the result stands in a private reply, which nobody can change", async () => {
  const lounge = world.sandbox.channel("lounge");
  lounge.deny("bot", "SendMessages");
  try {
    const first = await begin("whisper", world.sandbox.member, lounge);
    await turnOf(first);
    const said = await (await world.sandbox.member.click(first, "Undo")).expectReply();
    expect(said.content).toContain("current one again");
    const form = await (await world.sandbox.member.click(said, "Edit again")).expectModal();
    const sent = await world.sandbox.member.submit(form, { instruction: "louder" });
    const second = await sent.expectReply(({ images }) => images.length === 2);
    expect(await turnOf(second)).toMatchObject({ parent: null, tree: (await turnOf(first)).id });
  } finally {
    lounge.resetPermissions();
  }
});

it("pings nobody and knows every route", () => {
  for (const { author, stored: message } of world.pictures.messages()) {
    if (author === "emend") expect(message.mentions).toEqual([]);
  }
  expect(world.sandbox.unknownRoutes).toEqual([]);
});
