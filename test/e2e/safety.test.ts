import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { resolveSafety } from "../../gpu-worker/engine/resolveSafety.ts";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { SafetySetting } from "../../gpu-worker/safety/SafetySetting.ts";
import type { ChannelHandle } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { readEnv } from "../../src/env.ts";
import { Admission } from "../../src/queue/Admission.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { tinyModel } from "../engine/support.ts";
import { paint } from "../image/pictures.ts";
import { waitFor } from "../queue/waitFor.ts";
import { checkerFor, deletedAfterwards, settingOf } from "../safety/checkerFor.ts";
import { startWorld, type World } from "./startWorld.ts";

/** To most checkers of these tests red is unsafe. */
const red = paint(40, 32, () => [230, 20, 10]);
const blue = paint(40, 32, () => [30, 60, 210]);
/** A real network is at work, and other tests beside it. */
const patience = { timeoutMs: 60_000 };
const limits = { maxPixels: 1e6, maxBytes: 1e6 };

vi.setConfig({ testTimeout: 150_000 });

let world: World;
let engine: LocalEngine | undefined;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-30).join(""));
  expect(world.sandbox.unknownRoutes).toEqual([]);
  await world.close();
  await engine?.close();
  engine = undefined;
});

/** The real engine with a tiny model, and the real predictor. */
async function open(safety: SafetySetting) {
  const predictor = resolvePredictorFolder({});
  engine = await LocalEngine.open(tinyModel, { device: "cpu", threads: 1, predictor, safety });
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("edit");
}

const checkerOf = async (unsafe: Picture, safe: Picture) =>
  settingOf(deletedAfterwards(await checkerFor(unsafe, safe)));

const wish = { instruction: "make it brighter", task: "add", seed: 5 };

async function edit(channel: ChannelHandle | string, picture: Picture) {
  const image = { name: "boat.png", bytes: await encodePng(picture) };
  return world.sandbox.member.slash(channel, "edit", { image, ...wish });
}

const stored = async () =>
  (await readdir(join(world.redis.home, "blobs"), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );

const posts = () => world.pictures.messages().filter(({ author }) => author === "emend");

/** Nothing of the turn is left, and nothing counts against the member. */
async function expectForgotten(turnId: string) {
  const redis = await world.redis.commands();
  const turns = new TurnStore(redis, world.prefix);
  await waitFor(async () => (await turns.get(turnId)) === undefined, "the turn to be forgotten");
  const member = { member: world.sandbox.member.id, guild: world.sandbox.guildId };
  expect(await new Admission(redis, world.prefix).used(member)).toBe(0);
  expect(await turns.open()).toEqual([]);
  await waitFor(async () => (await stored()).length === 0, "an empty store");
}

it("refuses an unsafe picture in private, gives the quota back and keeps nothing", async () => {
  await open(await checkerOf(red, blue));
  const interaction = await edit(world.pictures, red);
  const reply = await interaction.expectReply(({ content }) => content === en.problems.unsafe_picture, patience);
  expect(reply.isEphemeral).toBe(true);
  await expectForgotten(interaction.id);
  expect(posts()).toEqual([]);
});

it("says it in German below a message on a server that chose German", async () => {
  await open(await checkerOf(red, blue));
  const settings = new GuildSettingsStore(await world.redis.commands(), world.prefix);
  await settings.change(world.sandbox.guildId, { language: "de" });
  const file = { name: "boat.png", bytes: await encodePng(red) };
  const asked = `<@${world.sandbox.applicationId}> make it brighter`;
  const message = await world.sandbox.member.post(world.pictures, asked, [file]);
  const said = await world.pictures.expectMessage(({ text }) => text === de.problems.unsafe_picture, patience);
  expect(said.replyTo).toBe(message.id);
  expect(said.images).toEqual([]);
  await expectForgotten(message.id);
});

it("edits the same picture in an age-restricted channel, and a harmless one everywhere", async () => {
  await open(await checkerOf(red, blue));
  await edit("after-dark", red);
  const afterDark = world.sandbox.channel("after-dark");
  await afterDark.expectMessage(({ author, images }) => author === "emend" && images.length === 2, patience);
  await edit(world.pictures, blue);
  await world.pictures.expectMessage(({ author, images }) => author === "emend" && images.length === 2, patience);
});

it("shows and keeps nothing of an unsafe result", async () => {
  const plain = await LocalEngine.open(tinyModel, { device: "cpu", threads: 1 });
  const { picture } = await plain.edit({ ...wish, picture: blue });
  await plain.close();
  await open(await checkerOf(picture, blue));
  const interaction = await edit(world.pictures, blue);
  await interaction.expectReply(({ content }) => content === en.problems.unsafe_result, patience);
  const redis = await world.redis.commands();
  const member = { member: world.sandbox.member.id, guild: world.sandbox.guildId };
  expect(await new Admission(redis, world.prefix).used(member)).toBe(0);
  expect(posts()).toEqual([]);
  const blobs = await stored();
  expect(blobs).toHaveLength(1); // the source, which others may go on from
  const kept = await decodePicture(await readFile(join(blobs[0]!.parentPath, blobs[0]!.name)), limits);
  expect(kept).toEqual(blue);
});

it("says in the help whether pictures are checked", async () => {
  await open(resolveSafety(readEnv({})));
  const help = await (await world.sandbox.member.slash(world.pictures, "help", {})).expectReply(() => true, patience);
  expect(help.content).toBe(`${en.help}\n${en.madeBy(en.modelOn("mini", "cpu"))}\n${en.helpSafety.none}`);
});
