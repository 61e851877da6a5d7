import { afterEach, describe, expect, it } from "vitest";
import type { EditEngine, EditProgress } from "../../gpu-worker/engine/EditEngine.ts";
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";
import type { ChannelHandle, MessageHandle } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { PROGRESS_INTERVAL_MS } from "../../src/discord/delivery/ProgressBoard.ts";
import { findRedisServer } from "../../src/queue/redisServer.ts";
import { tinyModel, tinyPredictor } from "../engine/support.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
  await world.close();
});

const hasWord = (word: string) => (message: MessageHandle) => message.author === "emend" && message.text.includes(word);
const count = (channel: ChannelHandle, word: string) => channel.messages().filter(hasWord(word)).length;

async function edit(instruction: string, options: Record<string, string | number> = {}) {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  return world.sandbox.member.slash(world.pictures, "edit", { image, instruction, ...options });
}

it("tries an edit again when the engine is killed in the middle, and shows one result", async () => {
  world = await startWorld();
  const engine = await EngineProcess.start({
    folder: tinyModel,
    predictor: tinyPredictor,
    device: "cpu",
    backoffMilliseconds: 20,
  });
  const pid = engine.pid ?? 0;
  const seeds: number[] = [];
  const mortal: EditEngine = {
    info: engine.info,
    close: () => engine.close(),
    edit: (request, options) => {
      seeds.push(request.seed);
      const onProgress = (progress: EditProgress) => {
        if (progress.step === 3 && engine.pid === pid) process.kill(pid, "SIGKILL");
        options?.onProgress?.(progress);
      };
      return engine.edit(request, { ...options, onProgress });
    },
  };
  try {
    await world.startWorker(mortal);
    await world.startBot();
    await world.sandbox.expectCommand("edit");
    const interaction = await edit("keep going", { steps: 6 });
    await world.pictures.expectMessage(hasWord("keep going"), { timeoutMs: 30_000 });
    expect(engine.pid).not.toBe(pid);
    expect(seeds).toHaveLength(2);
    expect(seeds[1]).toBe(seeds[0]);
    await interaction.expectReply(({ content }) => content.includes("channels/"));
    expect(count(world.pictures, "keep going")).toBe(1);
  } finally {
    await engine.close();
  }
}, 60_000);

it("delivers once what was finished while the bot was down, also when two bots come up", async () => {
  world = await startWorld();
  const bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  const interaction = await edit("while you were out");
  await waitFor(async () => (await world.queue.waiting()).length === 1, "the job");
  await bot.close();
  await world.startWorker(new TintEngine());
  await waitFor(async () => (await world.queue.stateOf(interaction.id)).state === "finished", "the edit");
  await Promise.all([world.startBot(), world.startBot()]);
  await world.pictures.expectMessage(hasWord("while you were out"));
  await interaction.expectReply(({ content }) => content.includes("channels/"));
  expect(count(world.pictures, "while you were out")).toBe(1);
});

it("goes on with the progress of an edit that was running when the bot was restarted", async () => {
  world = await startWorld();
  await world.startWorker(new TintEngine({ stepMs: 100 }));
  const bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  const interaction = await edit("long one", { steps: 40 });
  await interaction.expectReply(({ content }) => content.includes("step"));
  await bot.close();
  const said = interaction.replies()[0]?.content;
  await world.startBot();
  await interaction.expectReply(({ content }) => content.includes("step") && content !== said);
  await world.pictures.expectMessage(hasWord("long one"));
  expect(count(world.pictures, "long one")).toBe(1);
});

it("finds a result that was posted by a bot that died before it could write that down", async () => {
  world = await startWorld();
  await world.startWorker(new TintEngine());
  const bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  const interaction = await edit("posted already");
  const result = await world.pictures.expectMessage(hasWord("posted already"));
  await interaction.expectReply(({ content }) => content.includes("channels/"));
  await bot.close();
  const redis = await world.redis.commands();
  await redis.hset(`${world.prefix}:turn:${interaction.id}`, { deliveredAt: "null", resultMessage: "null" });
  await redis.zadd(`${world.prefix}:open`, Date.now() + 60_000, interaction.id);
  world.sandbox.advanceClock(30 * 60_000); // Discord has forgotten the nonce

  await world.startBot();
  const turns = new TurnStore(redis, world.prefix);
  const turn = await waitFor(async () => {
    const found = await turns.get(interaction.id);
    return found?.deliveredAt ? found : undefined;
  }, "the turn to be settled");
  expect(turn.resultMessage).toBe(result.id);
  expect(count(world.pictures, "posted already")).toBe(1);
});

it("edits the private reply at most every 3 s, and shows a preview", async () => {
  world = await startWorld();
  await world.startWorker(new TintEngine({ stepMs: 100 }));
  await world.startBot({ progressMs: PROGRESS_INTERVAL_MS });
  await world.sandbox.expectCommand("edit");
  const edits: { at: number; content: string; pictures: number }[] = [];
  const stop = world.sandbox.state.hub.listen((event) => {
    if (event.type !== "messageUpdate" || event.message.ephemeralFor === undefined) return;
    edits.push({ at: performance.now(), content: event.message.content, pictures: event.message.files.length });
  });
  await edit("step by step", { steps: 80 });
  await world.pictures.expectMessage(hasWord("step by step"), { timeoutMs: 25_000 });
  stop();
  const progress = edits.filter(({ content }) => !content.includes("channels/"));
  expect(progress.length).toBeGreaterThanOrEqual(2);
  for (let i = 1; i < progress.length; i++) {
    expect(progress[i]!.at - progress[i - 1]!.at).toBeGreaterThan(PROGRESS_INTERVAL_MS - 20);
  }
  expect(progress.some(({ pictures }) => pictures === 1)).toBe(true);
});

it("tells the asker when an edit fails for good, in private", async () => {
  world = await startWorld();
  await world.startWorker(new TintEngine({ failures: 99 }));
  await world.startBot();
  await world.sandbox.expectCommand("edit");
  const interaction = await edit("doomed");
  const reply = await interaction.expectReply(({ content }) => content.includes("failed"), { timeoutMs: 20_000 });
  expect(reply.isEphemeral).toBe(true);
  expect(world.pictures.messages()).toHaveLength(0);
});

it("says that no worker is running, then where the edit stands in line", async () => {
  world = await startWorld();
  await world.startBot();
  await world.sandbox.expectCommand("edit");
  const first = await edit("one", { steps: 40 });
  await first.expectReply(({ content }) => content.includes("No worker"));
  await world.startWorker(new TintEngine({ stepMs: 100 }));
  const second = await edit("two");
  const third = await edit("three");
  await third.expectReply(({ content }) => content.includes("number 2"));
  await second.expectReply(({ content }) => content.includes("next in line"));
});

it("puts back a job that the queue has lost", async () => {
  world = await startWorld();
  await world.startBot();
  await world.sandbox.expectCommand("edit");
  const interaction = await edit("lost and found");
  await waitFor(async () => (await world.queue.waiting()).length === 1, "the job");
  const redis = await world.redis.commands();
  await redis.del(...(await redis.keys(`${world.prefix}:edits:*`)));
  await waitFor(async () => (await world.queue.waiting()).includes(interaction.id), "the job again");
  await world.startWorker(new TintEngine());
  await world.pictures.expectMessage(hasWord("lost and found"));
});

it("works with the Redis that lives in this process", async () => {
  world = await startWorld("");
  await world.startWorker(new TintEngine());
  await world.startBot();
  await world.sandbox.expectCommand("edit");
  await edit("without a server");
  await world.pictures.expectMessage(hasWord("without a server"));
});

describe.skipIf(findRedisServer() === undefined)("with redis-server", () => {
  it("delivers an edit in the middle of which Redis was killed, and goes on", async () => {
    world = await startWorld();
    const engine = new TintEngine({ stepMs: 250 });
    await world.startWorker(engine);
    await world.startBot();
    await world.sandbox.expectCommand("edit");
    await edit("in the middle", { steps: 12 });
    await waitFor(() => engine.edits.length === 1, "the edit to begin");
    await new Promise((resolve) => setTimeout(resolve, 1_200)); // appendfsync everysec
    const pid = Number(/process_id:(\d+)/.exec(await (await world.redis.commands()).info("server"))?.[1]);
    process.kill(pid, "SIGKILL");
    await world.pictures.expectMessage(hasWord("in the middle"), { timeoutMs: 30_000 });
    await edit("afterwards");
    await world.pictures.expectMessage(hasWord("afterwards"), { timeoutMs: 30_000 });
    expect(count(world.pictures, "in the middle")).toBe(1);
  }, 60_000);

  it("answers within 3 s, in private, while Redis is frozen, and works when it is back", async () => {
    world = await startWorld();
    await world.startWorker(new TintEngine());
    await world.startBot();
    await world.sandbox.expectCommand("edit");
    const pid = Number(/process_id:(\d+)/.exec(await (await world.redis.commands()).info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    try {
      const start = performance.now();
      const interaction = await edit("anybody there");
      const reply = await interaction.expectReply(({ content }) => content.includes("cannot reach my queue"));
      expect(performance.now() - start).toBeLessThan(3_000);
      expect(reply.isEphemeral).toBe(true);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await waitFor(async () => {
      const again = await edit("back again");
      const reply = await again.expectReply(({ isLoading, content }) => !isLoading && content !== "");
      return !reply.content.includes("cannot reach");
    }, "the queue to come back");
    await world.pictures.expectMessage(hasWord("back again"));
    expect(count(world.pictures, "anybody there")).toBe(0);
  });

  it("answers buttons and replies while Redis is frozen, leaves talk alone, and changes nothing", async () => {
    world = await startWorld();
    await world.startWorker(new TintEngine());
    await world.startBot();
    await world.sandbox.expectCommand("edit");
    const { sandbox, pictures } = world;
    await edit("before the frost");
    const result = await pictures.expectMessage(hasWord("before the frost"));
    const commands = await world.redis.commands();
    await waitFor(() => commands.get(`${world.prefix}:message:${result.id}`), "the result to be written down");
    const pid = Number(/process_id:(\d+)/.exec(await commands.info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    try {
      for (const button of ["Edit again", "Vary", "Undo", "Delete"]) {
        const start = performance.now();
        const answer = await (await sandbox.member.click(result, button)).expectReply(({ isLoading }) => !isLoading);
        expect(performance.now() - start).toBeLessThan(3_000);
        expect([answer.isEphemeral, answer.content]).toEqual([true, expect.stringContaining("cannot reach my queue")]);
      }
      // The form needs nothing but the press; the server's own tasks are left out when they do not come at once.
      const form = await (await sandbox.member.menu(result, "Edit this image")).expectModal();
      expect(JSON.stringify(form.form)).toContain("sketch");
      const talk = await sandbox.member.post(pictures, "is it cold in here?");
      await sandbox.user("theo").reply(talk, "very");
      const reply = await sandbox.member.reply(result, "in the frost");
      expect((await pictures.expectMessage(hasWord("cannot reach my queue"))).replyTo).toBe(reply.id);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    expect(count(pictures, "cannot reach")).toBe(1);
    expect([result.isDeleted, result.isEdited]).toEqual([false, false]);
  });
});

describe("logging in", () => {
  it("explains a token that Discord does not accept", async () => {
    world = await startWorld();
    await expect(world.startBot({ token: "wrong" })).rejects.toMatchObject({
      code: "bad_usage",
      message: expect.stringContaining("DISCORD_TOKEN"),
    });
  });

  it("tries again while Discord cannot be reached", async () => {
    world = await startWorld();
    world.sandbox.failNext("GET", "/gateway/bot", { status: 503, times: 5 });
    const said: string[] = [];
    await world.startBot({ say: (line) => said.push(line) });
    await world.sandbox.expectBot();
    expect(said[0]).toContain("trying again in 1 s");
  });
});
