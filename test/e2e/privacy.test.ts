import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ComponentType, InteractionType } from "discord-api-types/v10";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { InteractionHandle, type MessageHandle, type Person } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import type { Turn } from "../../src/conversation/Turn.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { unzip } from "../conversation/unzip.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let turns: TurnStore;
const engine = new TintEngine({ stepMs: 2 });
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("privacy");
  turns = new TurnStore(await world.redis.commands(), world.prefix);
});
afterAll(() => world.close());
afterEach(({ task }) => {
  engine.options.stepMs = 2;
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

const shows = (words: string) => (message: MessageHandle) => message.author === "emend" && message.text.includes(words);
const result = (words: string) => world.pictures.expectMessage(shows(words));
const turnOf = (message: MessageHandle): Promise<Turn> =>
  waitFor(() => turns.byMessage(message.id), "the turn of a message");

async function begin(instruction: string, person: Person, size = 20) {
  const image = { name: "boat.png", bytes: await plainPng(size, size) };
  await person.slash(world.pictures, "edit", { image, instruction, seed: size });
  const message = await result(instruction);
  await turnOf(message);
  return message;
}

const answer = async (used: Promise<InteractionHandle>) => {
  const reply = await (await used).expectReply();
  expect(reply.isEphemeral).toBe(true);
  return reply;
};
const privacy = (person: Person, part: string, options = {}) =>
  answer(person.slash(world.pictures, `privacy ${part}`, options));

const blobs = async () =>
  (await readdir(join(world.redis.home, "blobs"), { recursive: true })).filter((name) => name.length > 10).sort();

/** All that Redis holds, as one text, but for the edits that count against a daily limit, which go within a day. */
async function everything(): Promise<string> {
  const redis = await world.redis.commands();
  const keys = (await redis.keys(`${world.prefix}:*`)).filter((key) => !key.includes(":quota:"));
  const values = await Promise.all(
    keys.map(async (key) => {
      const type = await redis.type(key);
      if (type === "hash") return JSON.stringify(await redis.hgetall(key));
      if (type === "string") return redis.get(key);
      if (type === "zset") return (await redis.zrange(key, 0, -1)).join();
      if (type === "set") return (await redis.smembers(key)).join();
      return "";
    }),
  );
  return [...keys, ...values].join("\n");
}

it("shows what is kept, how much, and for how long", async () => {
  const nia = world.sandbox.addUser("nia");
  expect((await privacy(nia, "show")).content).toContain("I keep 0 edits of yours");
  await begin("my only one", nia);
  const { content } = await privacy(nia, "show");
  expect(content).toContain("I keep 1 edit of yours**, 1 of them here; the oldest is from <t:");
  expect(content).toContain("until 180 days after the last edit");
});

it("gives everything back as a zip: turns with all that is known of them, and their pictures, lossless", async () => {
  const { sandbox } = world;
  const uma = sandbox.addUser("uma");
  expect((await privacy(uma, "export")).content).toContain("I keep nothing about you");
  const first = await begin("uma's first", uma, 30);
  await uma.reply(first, "uma's second");
  const second = await result("uma's second");
  const [one, two] = [await turnOf(first), await turnOf(second)];
  await begin("not uma's", sandbox.user("theo"), 31);

  const { images } = await privacy(uma, "export");
  expect(images.map(({ name }) => name)).toEqual(["emend.zip"]);
  const files = unzip(images[0]!.bytes);
  const { turns: told } = JSON.parse(String(files.get("turns.json")));
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({ id: one.id, parent: null, instruction: "uma's first", seed: 30, author: uma.id });
  expect(told[0]).toMatchObject({ id: two.id, parent: one.id, tree: one.id, source: told[1].result });
  expect(told[1].made).toMatchObject({ task: "texture", model: "tint", probabilities: expect.any(Array) });
  expect([...files.keys()].sort()).toEqual([told[0].result, told[0].source, told[1].source, "turns.json"].sort());
  const pixels = await sharp(files.get(told[0].result)).raw().toBuffer();
  expect(pixels).toEqual(await sharp(second.images[1]!.bytes).raw().toBuffer());

  sandbox.setAttachmentSizeLimit(10_000);
  try {
    expect((await privacy(uma, "export", { part: 2 })).content).toContain("part 2 of 2");
    expect((await privacy(uma, "export", { part: 3 })).content).toContain("There are 2 parts");
  } finally {
    sandbox.setAttachmentSizeLimit(10 * 2 ** 20);
  }
});

it("gives the tree of a result as a zip to whoever can see it", async () => {
  const { sandbox } = world;
  const first = await begin("a trunk", sandbox.member, 33);
  await sandbox.user("theo").reply(first, "a branch");
  const branch = await turnOf(await result("a branch"));
  // What stood in a private reply is for its asker only.
  const hidden = { ...branch, id: `${BigInt(branch.id) + 1n}`, destination: "reply", instruction: "a secret" } as const;
  await turns.create({ ...hidden, author: sandbox.member.id });
  await turns.abandon(hidden.id);
  const { images } = await answer(sandbox.user("theo").menu(first, "Download edits"));
  const { turns: told } = JSON.parse(String(unzip(images[0]!.bytes).get("turns.json")));
  expect(told.map(({ instruction }: Turn) => instruction)).toEqual(["a trunk", "a branch", undefined]);
  expect(told[2]).toEqual({ id: hidden.id, parent: branch.parent, missing: true });
  const talk = await sandbox.member.post(world.pictures, "just talk");
  expect((await answer(sandbox.member.menu(talk, "Download edits"))).content).toContain("no edits for that message");
});

it("deletes everything that somebody asked for, once they say so again, and nothing of anybody else", async () => {
  const { sandbox, pictures } = world;
  const vic = sandbox.addUser("vic");
  const others = await begin("theo's own", sandbox.user("theo"), 40);
  const before = await blobs();
  const first = await begin("vic's first", vic, 41);
  await sandbox.user("theo").reply(first, "theo goes on from vic");
  const child = await result("theo goes on from vic");
  const childTurn = await turnOf(child);
  const second = await begin("vic's second", vic, 42);

  const asked = await privacy(vic, "delete-my-data");
  expect(asked.content).toContain("all 2 edits");
  expect(await everything()).toContain("vic's first");
  expect((await answer(vic.click(asked, "Delete everything"))).content).toContain("Deleted: 2 edits");
  for (const message of [first, second]) await message.expectDeleted();
  // The count of the last 24 hours stays: deleting is no way to a new quota.
  const left = (await everything()).split("\n").filter((line) => !line.includes(":quota:"));
  for (const trace of ["vic's", vic.id]) expect(left.join("\n")).not.toContain(trace);

  expect([others.isDeleted, child.isDeleted]).toEqual([false, false]);
  const kept = new Set([...before, childTurn.source.sha256]);
  if (childTurn.outcome?.status === "done") {
    for (const { sha256 } of [childTurn.outcome.picture, childTurn.outcome.before]) kept.add(sha256);
  }
  expect((await blobs()).map((name) => name.split("/").at(-1)!).sort()).toEqual(
    [...kept].map((name) => name.split("/").at(-1)!).sort(),
  );
  await sandbox.user("theo").reply(child, "and still can");
  expect((await turnOf(await result("and still can"))).parent).toBe(childTurn.id);
  expect((await privacy(vic, "delete-my-data")).content).toContain("nothing about you");
  expect(pictures.messages().filter(shows("vic's"))).toEqual([]);
});

it("deletes what is being made just now, and nobody gets it", async () => {
  const { sandbox } = world;
  const wes = sandbox.addUser("wes");
  engine.options.stepMs = 300;
  const image = { name: "boat.png", bytes: await plainPng(50, 50) };
  await wes.slash(world.pictures, "edit", { image, instruction: "wes is waiting" });
  await waitFor(() => engine.edits.some(({ instruction }) => instruction === "wes is waiting"), "the edit to begin");
  const before = new Set(await blobs());
  await answer(wes.click(await privacy(wes, "delete-my-data"), "Delete everything"));
  engine.options.stepMs = 2;
  await begin("after wes", sandbox.member, 51);
  expect(world.pictures.messages().filter(shows("wes is waiting"))).toEqual([]);
  const mine = await waitFor(async () => {
    const now = await blobs();
    const fresh = now.filter((name) => !before.has(name));
    return fresh.length === 3 && now.length < before.size + 3 ? fresh : undefined;
  }, "only the pictures of the later edit to be left");
  expect(mine).toHaveLength(3);
});

it("deletes nothing for a button of somebody else", async () => {
  const { sandbox, pictures } = world;
  const { state } = sandbox;
  const first = await begin("mine, not yours", sandbox.member, 60);
  const forged = createInteraction(state, {
    ...{ type: InteractionType.MessageComponent, userId: sandbox.user("theo").id, channel: pictures.channel },
    ...{
      source: first.stored,
      data: { custom_id: `v1:delete-my-data:${sandbox.member.id}`, component_type: ComponentType.Button },
    },
  });
  const said = await answer(Promise.resolve(new InteractionHandle(state, forged)));
  expect(said.content).toContain("somebody else");
  expect(await turns.get((await turnOf(first)).id)).toBeDefined();
  expect(sandbox.unknownRoutes).toEqual([]);
});
