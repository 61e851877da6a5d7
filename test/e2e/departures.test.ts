import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChannelHandle, Person } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { DepartureSweep, GRACE_MS } from "../../src/guilds/DepartureSweep.ts";
import { GuildRegister } from "../../src/guilds/GuildRegister.ts";
import { GuildTaskStore } from "../../src/learning/GuildTaskStore.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { createLog } from "../../src/log/createLog.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let guild: { id: string; channel: ChannelHandle };
let mina: Person;
beforeEach(async () => {
  world = await startWorld();
  mina = world.sandbox.member;
  guild = world.sandbox.addGuild("Another club", { owner: mina });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-30).join(""));
  expect(world.sandbox.unknownRoutes).toEqual([]);
  await world.close();
});

async function open() {
  const bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  return bot;
}

async function edit(instruction: string, channel = guild.channel) {
  await mina.slash(channel, "edit", { image: { name: "boat.png", bytes: await plainPng(40, 30) }, instruction });
  return channel.expectMessage(({ text, images }) => text.includes(instruction) && images.length > 0);
}

async function stores() {
  const redis = await world.redis.commands();
  const { prefix } = world;
  const { home } = world.redis;
  return {
    redis,
    turns: new TurnStore(redis, prefix),
    blobs: new FolderBlobStore(join(home, "blobs")),
    tasks: new GuildTaskStore(redis, prefix, new TaskFiles(join(home, "tasks"))),
    settings: new GuildSettingsStore(redis, prefix),
    register: new GuildRegister(redis, prefix, world.sandbox.applicationId),
  };
}

/** Gives the server an edit, a task with an example, and a setting. */
async function fill() {
  const { turns, settings } = await stores();
  const result = await edit("of the other club");
  const turn = await waitFor(() => turns.byMessage(result.id), "the turn");
  await settings.change(guild.id, { language: "de" });
  const form = await (await mina.slash(guild.channel, "task create")).expectModal();
  const file = async (name: string) => ({ name, bytes: await plainPng(20, 20) });
  const pictures = [await file("before.png"), await file("after.png")];
  await (await mina.submit(form, { name: "dots", description: "", pictures, instructions: "dots" })).expectReply();
  return turn;
}

const leftAt = async () => (await (await stores()).register.leftBefore(Date.now() + 1)).map(({ guild: id }) => id);

/** The sweep as it will be after so many milliseconds. */
async function sweep(afterMs: number, present: readonly string[] = [world.sandbox.guildId]) {
  const log = createLog({ level: "silent", secrets: [] });
  await new DepartureSweep({ ...(await stores()), present: () => present, log }).run(Date.now() + afterMs);
}

/** Whether anything in Redis or on disk names the server; finished jobs and counts that expire apart. */
async function traces() {
  const { turns, tasks, settings, redis } = await stores();
  return {
    trees: (await turns.treesBefore(guild.id, Number.POSITIVE_INFINITY)).length,
    tasks: (await tasks.list(guild.id)).length,
    language: (await settings.get(guild.id)).language,
    noted: await redis.hexists(`${world.prefix}:guilds`, guild.id),
  };
}
const kept = { trees: 1, tasks: 1, language: "de", noted: 1 };
const gone = { trees: 0, tasks: 0, language: null, noted: 0 };

it("deletes all of a server that removed it a week ago, not before, and nothing of the others", async () => {
  await world.startWorker(new TintEngine());
  await open();
  const turn = await fill();
  const other = await edit("of the first club", world.pictures);
  world.sandbox.removeBotFrom(guild.id);
  await waitFor(async () => (await leftAt()).includes(guild.id), "the departure to be noted");
  await sweep(GRACE_MS - 60_000);
  expect(await traces()).toEqual(kept);
  await sweep(GRACE_MS + 60_000);
  expect(await traces()).toEqual(gone);
  const { turns, blobs } = await stores();
  expect([await turns.get(turn.id), await blobs.has(turn.source.sha256)]).toEqual([undefined, true]); // the other edit's, too
  expect(await turns.byMessage(other.id)).toBeDefined();
  expect(await leftAt()).toEqual([]);
});

it("keeps everything when it is invited again in time", async () => {
  await world.startWorker(new TintEngine());
  await open();
  await fill();
  world.sandbox.removeBotFrom(guild.id);
  await waitFor(async () => (await leftAt()).includes(guild.id), "the departure to be noted");
  world.sandbox.addBotTo(guild.id);
  await waitFor(async () => !(await leftAt()).includes(guild.id), "the return to be noted");
  await sweep(2 * GRACE_MS, [world.sandbox.guildId, guild.id]);
  expect(await traces()).toEqual(kept);
});

it("finds out at its start that it was removed while it was off, and that it is back", async () => {
  await world.startWorker(new TintEngine());
  const bot = await open();
  await fill();
  await bot.close();
  world.sandbox.removeBotFrom(guild.id);
  const second = await open();
  await waitFor(async () => (await leftAt()).includes(guild.id), "the departure to be noted");
  await second.close();
  world.sandbox.addBotTo(guild.id);
  await open();
  await waitFor(async () => !(await leftAt()).includes(guild.id), "the return to be noted");
  expect(await traces()).toEqual(kept);
});

it("takes no outage for a departure, neither while it runs nor at its start", async () => {
  await world.startWorker(new TintEngine());
  const bot = await open();
  await fill();
  world.sandbox.setOutage(guild.id, true);
  await edit("meanwhile", world.pictures);
  expect(await leftAt()).toEqual([]);
  await bot.close();
  await open(); // waits for the server for a while, as discord.js does
  await edit("with an outage", world.pictures);
  expect(await leftAt()).toEqual([]);
  world.sandbox.setOutage(guild.id, false);
  await edit("over", guild.channel);
  expect(await traces()).toEqual({ ...kept, trees: 2 });
}, 60_000);

it("leaves alone what another application noted, and servers where it never was", async () => {
  const { redis, register, settings } = await stores();
  const other = new GuildRegister(redis, world.prefix, "4711");
  await other.joined(["77"]);
  await settings.change("77", { language: "de" });
  await settings.change("88", { language: "de" });
  await register.compare([world.sandbox.guildId], Date.now());
  await sweep(2 * GRACE_MS);
  for (const id of ["77", "88"]) expect((await settings.get(id)).language).toBe("de");
  await other.compare([], Date.now());
  await sweep(2 * GRACE_MS);
  expect((await settings.get("77")).language).toBe("de");
});
