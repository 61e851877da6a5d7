import { InteractionType } from "discord-api-types/v10";
import { afterEach, beforeEach, expect, it } from "vitest";
import { InteractionHandle, type Person } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { Admission } from "../../src/queue/Admission.ts";
import { EditTimes } from "../../src/queue/EditTimes.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let mina: Person;
let theo: Person;
beforeEach(async () => {
  world = await startWorld();
  mina = world.sandbox.user("mina");
  theo = world.sandbox.user("theo");
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-30).join(""));
  expect(world.sandbox.unknownRoutes).toEqual([]);
  await world.close();
});

const picture = await plainPng(40, 30);

async function open(engine?: TintEngine) {
  const worker = engine && (await world.startWorker(engine));
  const bot = await world.startBot();
  await world.sandbox.expectCommand("cancel");
  return { bot, worker };
}

async function edit(person: Person, instruction: string, options: Record<string, number> = {}) {
  const image = { name: "boat.png", bytes: picture };
  return person.slash(world.pictures, "edit", { image, instruction, ...options });
}

/** An edit that waits, with its progress message. */
async function waitingEdit(person: Person, instruction: string) {
  const interaction = await edit(person, instruction);
  await waitFor(async () => (await world.queue.waiting()).includes(interaction.id), "the job");
  return { interaction, progress: await interaction.expectReply(({ buttons }) => buttons.includes("Cancel")) };
}

async function runningEdit(person: Person, instruction: string) {
  const interaction = await edit(person, instruction, { steps: 50 });
  return {
    interaction,
    progress: await interaction.expectReply(({ content, buttons }) => content.includes("step") && buttons.length > 0),
  };
}

const says = async (interaction: Promise<InteractionHandle>) => (await (await interaction).expectReply()).content;
const slash = (person: Person, name: string, options = {}) => says(person.slash(world.pictures, name, options));
const results = () => world.pictures.messages().filter(({ author }) => author === "emend");

async function ofMina() {
  const admission = new Admission(await world.redis.commands(), world.prefix);
  const used = await admission.used({ member: mina.id, guild: world.sandbox.guildId });
  const open = [...(await admission.entries()).values()].filter(({ member }) => member === mina.id).length;
  return { used, open };
}

async function limit(change: Parameters<GuildSettingsStore["change"]>[1]) {
  const store = new GuildSettingsStore(await world.redis.commands(), world.prefix);
  await store.change(world.sandbox.guildId, change);
}

/** A press of a button with this id, as a client that keeps no rules would send it. */
function forge(customId: string, person: Person): InteractionHandle {
  const { state } = world.sandbox;
  const source = [...state.messages.values()].findLast(({ authorId }) => authorId === state.botId);
  if (!source) throw new Error("there is no message to press a button on");
  const data = { custom_id: customId, component_type: 2 };
  const request = { type: InteractionType.MessageComponent, userId: person.id, channel: world.pictures.channel, data };
  return new InteractionHandle(state, createInteraction(state, { ...request, source }));
}

it("cancels a waiting edit by its button, tells it kindly, makes room and gives the quota back, once", async () => {
  await open();
  const { interaction, progress } = await waitingEdit(mina, "never mind");
  expect(await ofMina()).toEqual({ used: 1, open: 1 });
  const clicks = [await mina.click(progress, "Cancel"), await mina.click(progress, "Cancel")];
  const answers = await Promise.all(clicks.map((click) => says(Promise.resolve(click))));
  expect(answers.some((answer) => answer.includes("Cancelled"))).toBe(true);
  await progress.expect(({ content, buttons }) => content.includes("was cancelled") && buttons.length === 0);
  expect(await world.queue.stateOf(interaction.id)).toEqual({ state: "missing" });
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
  expect(await says(Promise.resolve(forge(`v1:cancel:${interaction.id}`, mina)))).toContain("has ended already");

  // Nobody puts the job back, and a worker that comes has nothing to do.
  await edit(mina, "this one instead");
  const engine = new TintEngine();
  await world.startWorker(engine);
  await world.pictures.expectMessage(({ text }) => text.includes("this one instead"));
  expect(engine.edits).toHaveLength(1);
  expect(await ofMina()).toEqual({ used: 1, open: 0 });
});

it("cancels a running edit within a step, and goes on with the next", async () => {
  const engine = new TintEngine({ stepMs: 150 });
  await open(engine);
  const { progress } = await runningEdit(mina, "too slow");
  expect(await says(mina.click(progress, "Cancel"))).toContain("within a step");
  await progress.expect(({ content, buttons }) => content.includes("was cancelled") && buttons.length === 0);
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
  await edit(mina, "the next one", { steps: 2 });
  await world.pictures.expectMessage(({ text }) => text.includes("the next one"));
  expect(results()).toHaveLength(1);
});

it("lets others not cancel, whatever id they send, nor find out about edits of other channels; and moderators do", async () => {
  await open();
  const { interaction, progress } = await waitingEdit(mina, "mine");
  const id = `v1:cancel:${interaction.id}`;
  expect(await says(Promise.resolve(forge(id, theo)))).toContain("Only whoever asked");
  expect(await slash(theo, "cancel", { edit: interaction.id })).toContain("Only whoever asked");
  expect(await says(Promise.resolve(forge("v1:cancel:12345", theo)))).toContain("no such edit");
  expect(await slash(theo, "cancel", { edit: "' OR 1=1 --" })).toContain("no such edit");
  const lounge = world.sandbox.channel("lounge");
  const elsewhere = await world.sandbox.owner.slash(lounge, "cancel", { edit: interaction.id });
  expect((await elsewhere.expectReply()).content).toContain("no such edit");
  expect(await theo.autocomplete(world.pictures, "cancel", "edit", { edit: "" })).toEqual([]);
  expect(await world.sandbox.owner.autocomplete(lounge, "cancel", "edit", { edit: "" })).toEqual([]);
  expect((await world.queue.stateOf(interaction.id)).state).toBe("waiting");

  const moderator = world.sandbox.addUser("ada", { permissions: 1n << 13n }); // Manage Messages
  const [choice] = await moderator.autocomplete(world.pictures, "cancel", "edit", { edit: "" });
  expect(choice?.name).toBe("Somebody else's · Number 1: mine");
  expect(await slash(moderator, "cancel", { edit: choice?.value as string })).toContain("Cancelled");
  await progress.expect(({ content }) => content.includes("A moderator of this server stopped the edit"));
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
});

it("cancels by command: the only one, one of several, or all of one's own", async () => {
  const engine = new TintEngine({ stepMs: 200 });
  await open(engine);
  expect(await slash(mina, "cancel")).toContain("None of your edits");
  const { progress } = await runningEdit(mina, "first");
  expect(await slash(mina, "cancel")).toContain("within a step");
  await progress.expect(({ content }) => content.includes("was cancelled"));

  await runningEdit(mina, "one");
  const two = await waitingEdit(mina, "two");
  const three = await waitingEdit(mina, "three");
  await waitingEdit(theo, "somebody else's");
  expect(await slash(mina, "cancel")).toContain("3 edits of yours");
  const offered = await mina.autocomplete(world.pictures, "cancel", "edit", { edit: "" });
  expect(offered.map(({ name }) => name)).toEqual([
    ...["All 3 of mine", "Being made: one", "Number 2: two", "Number 3: three"],
  ]);
  expect(await slash(mina, "cancel", { edit: offered[2]?.value as string })).toContain("Cancelled");
  await two.progress.expect(({ content }) => content.includes("was cancelled"));
  expect(await slash(mina, "cancel", { edit: "all" })).toContain("Your 2 edits are cancelled");
  await three.progress.expect(({ content }) => content.includes("was cancelled"));
  await world.pictures.expectMessage(({ text }) => text.includes("somebody else's"));
  await waitFor(async () => (await ofMina()).used === 0, "the quota to be given back");
  expect(results()).toHaveLength(1);
});

it("says that an edit has ended when somebody cancels it afterwards, and leaves its result and its quota", async () => {
  await open(new TintEngine());
  const interaction = await edit(mina, "too late");
  const result = await world.pictures.expectMessage(({ text }) => text.includes("too late"));
  await interaction.expectReply(({ content, buttons }) => content.includes("channels/") && buttons.length === 0);
  expect(await says(Promise.resolve(forge(`v1:cancel:${interaction.id}`, mina)))).toContain("has ended already");
  expect(await slash(mina, "cancel", { edit: interaction.id })).toContain("has ended already");
  expect(result.isDeleted).toBe(false);
  expect(await ofMina()).toEqual({ used: 1, open: 0 });
});

it("cancels what was cancelled while bot or worker were being restarted", async () => {
  const engine = new TintEngine({ stepMs: 200 });
  const { bot, worker } = await open(engine);
  const running = await runningEdit(mina, "under way");
  const waiting = await waitingEdit(mina, "in line");
  await bot.close();
  await worker?.stop();
  const again = await world.startBot();
  await world.sandbox.expectBot();
  expect(await says(mina.click(running.progress, "Cancel"))).toContain("Cancelled"); // it was put back into the line
  await waiting.progress.expect(({ buttons }) => buttons.includes("Cancel"));
  // A bot that dies between taking the job out and telling it.
  const redis = await world.redis.commands();
  await again.close();
  await redis.set(`${world.prefix}:cancel:${waiting.interaction.id}`, "1");
  await world.queue.remove(waiting.interaction.id);
  await world.startBot();
  await running.progress.expect(({ content }) => content.includes("was cancelled"));
  await waiting.progress.expect(({ content }) => content.includes("was cancelled"));
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
  await world.startWorker(new TintEngine());
  await edit(theo, "afterwards");
  await world.pictures.expectMessage(({ text }) => text.includes("afterwards"));
  expect(results()).toHaveLength(1);
});

it("lets members take turns: another's first edit is made after at most two of fifty", async () => {
  const engine = new TintEngine({ stepMs: 60 });
  await open(engine);
  const first = await runningEdit(mina, "mina's first");
  await Promise.all(Array.from({ length: 49 }, (_, i) => edit(mina, `mina's ${i + 2}`, { steps: 1 })));
  await waitFor(async () => (await world.queue.waiting()).length === 49, "the line", 60_000);
  await edit(theo, "theo's first", { steps: 1 });
  await waitFor(async () => (await world.queue.waiting()).length === 50, "theo's job");
  await mina.click(first.progress, "Cancel");
  await world.pictures.expectMessage(({ text }) => text.includes("theo's first"), { timeoutMs: 30_000 });
  const before = engine.edits.findIndex(({ instruction }) => instruction.startsWith("theo"));
  expect(before).toBeLessThanOrEqual(2);
}, 120_000);

it("refuses what does not fit, says which limit it is and when to try again, and lets it in then", async () => {
  await open();
  await limit({ waitingPerMember: 1 });
  const { progress } = await waitingEdit(mina, "first");
  expect(await says(edit(mina, "second"))).toMatch(/One edit of yours is in the line already.*<t:\d+:R>/);
  await limit({ waitingPerMember: 50, waitingPerGuild: 1 });
  expect(await says(edit(theo, "second"))).toMatch(/This server has one edit in the line.*<t:\d+:R>/);
  await limit({ waitingPerGuild: 50, editsPerDay: 1 });
  const quota = await says(edit(mina, "second"));
  const [, at] = /24 hours here.*<t:(\d+):R>/.exec(quota) ?? [];
  expect(Math.abs(Number(at) * 1_000 - (Date.now() + 24 * 3_600_000))).toBeLessThan(60_000);
  expect(await ofMina()).toEqual({ used: 1, open: 1 });
  expect(results()).toHaveLength(0);
  await mina.click(progress, "Cancel");
  await progress.expect(({ content }) => content.includes("was cancelled"));
  await waitingEdit(mina, "second");
});

it("lets in as many as fit when one member asks many times at once, and makes just those", async () => {
  await open();
  await limit({ waitingPerMember: 2 });
  const asked = await Promise.all(Array.from({ length: 8 }, (_, i) => edit(mina, `at once ${i}`)));
  const answers = await Promise.all(
    asked.map((each) => each.expectReply(({ content }) => /in the line already|next in line|No worker/.test(content))),
  );
  expect(answers.filter(({ content }) => content.includes("2 edits of yours are in the line already"))).toHaveLength(6);
  expect(await ofMina()).toEqual({ used: 2, open: 2 });
  const turns = new TurnStore(await world.redis.commands(), world.prefix);
  expect((await turns.open()).sort()).toEqual((await world.queue.waiting()).sort());
  await world.startWorker(new TintEngine());
  await waitFor(async () => (await turns.open()).length === 0, "the ends");
  expect(results().filter(({ images }) => images.length === 2)).toHaveLength(2);
  expect(await ofMina()).toEqual({ used: 2, open: 0 });
});

it("says when its whole line is full, by the times that were measured", async () => {
  await world.startWorker(new TintEngine({ stepMs: 200 }));
  await world.startBot({ maxWaiting: 1 });
  await world.sandbox.expectCommand("cancel");
  const times = new EditTimes(await world.redis.commands(), world.prefix);
  await times.record("tint", 50, 600_000);
  await runningEdit(mina, "the only one");
  const [, at] = /line is full.*<t:(\d+):R>/.exec(await says(edit(theo, "another"))) ?? [];
  expect(Number(at) * 1_000).toBeGreaterThan(Date.now() + 500_000);
  expect(Number(at) * 1_000).toBeLessThanOrEqual(Date.now() + 601_000);
});

it("gives the quota back when an edit fails, and keeps it when one works", async () => {
  await open(new TintEngine({ failures: 3 }));
  const interaction = await edit(mina, "doomed");
  await interaction.expectReply(({ content }) => content.includes("failed"), { timeoutMs: 20_000 });
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
  await edit(mina, "works");
  await world.pictures.expectMessage(({ text }) => text.includes("works"));
  expect(await ofMina()).toEqual({ used: 1, open: 0 });
  world.sandbox.replayLastInteraction();
  expect(await slash(mina, "queue")).toContain("in the last 24 hours: 1 of 200");
});

it("frees the place of an edit whose turn was deleted while it waited", async () => {
  await open();
  const { interaction } = await waitingEdit(mina, "forget me");
  const turns = new TurnStore(await world.redis.commands(), world.prefix);
  const turn = await turns.get(interaction.id);
  if (!turn) throw new Error("there is a turn");
  await turns.delete(turn);
  await world.startWorker(new TintEngine());
  await waitFor(async () => (await ofMina()).open === 0, "the place");
  expect(results()).toHaveLength(0);
});

it("ends an edit that nobody came to make in time, tells it, and gives the quota back", async () => {
  await open();
  const { interaction, progress } = await waitingEdit(mina, "nobody came");
  const redis = await world.redis.commands();
  await redis.hset(`${world.prefix}:turn:${interaction.id}`, { deadline: String(Date.now() - 1) });
  await progress.expect(({ content, buttons }) => content.includes("wait too long") && buttons.length === 0);
  expect(await world.queue.waiting()).toEqual([]);
  expect(await ofMina()).toEqual({ used: 0, open: 0 });
});

it("tells the place in line and when it will be done, in private and without names", async () => {
  const engine = new TintEngine({ stepMs: 100 });
  await open(engine);
  const times = new EditTimes(await world.redis.commands(), world.prefix);
  await times.record("tint", 4, 60_000);
  await runningEdit(mina, "first");
  await waitingEdit(mina, "second");
  const { progress } = await waitingEdit(theo, "third");
  const shown = await progress.expect(({ content }) => /Done <t:\d+:R>/.test(content));
  const [, at] = /<t:(\d+):R>/.exec(shown.content) ?? [];
  expect(Number(at) * 1_000).toBeGreaterThan(Date.now() + 100_000); // two edits of a minute, and the rest of the first
  const said = await slash(theo, "queue");
  expect(said).toMatch(/• Number \d · \d edits? of \d members? before it · done <t:\d+:R>/);
  expect(said).toContain("2 edits wait, 1 being made, 1 worker running");
  expect(said).toContain("An edit takes about 60.0 s");
  expect(said).not.toMatch(/mina|second|first/i);
  expect(await slash(world.sandbox.owner, "queue")).toContain("None of your edits is in the line");
});
