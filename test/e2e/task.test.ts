import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { extract } from "tar-stream";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { inspectTaskFile } from "../../src/learning/inspectTaskFile.ts";
import type { Bot } from "../../src/startBot.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { makeTaskFile, TeachEngine } from "../worker/TeachEngine.ts";
import { startWorld, type World } from "./startWorld.ts";
import { customIdOf, TaskSteps } from "./taskSteps.ts";

// Whole stories: a busy machine needs longer than the usual 30 s.
vi.setConfig({ testTimeout: 90_000 });

let world: World;
let bot: Bot;
let steps: TaskSteps;
let worker: Awaited<ReturnType<World["startWorker"]>>;
const engine = new TeachEngine({ learnStepMs: 5 });
beforeAll(async () => {
  world = await startWorld();
  worker = await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectCommand("task");
  steps = new TaskSteps(world);
});
afterAll(() => world.close());
afterEach(({ task }) => {
  Object.assign(engine.options, { learnStepMs: 5, learnSteps: 10, learnFailures: 0 });
  if (task.result?.state === "fail") console.error(world.lines.slice(-60).join(""));
});

const taskFolders = () => readdir(join(world.redis.home, "tasks")).catch(() => []);
const edit = async (instruction: string, options: Record<string, string> = {}) => {
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  return world.sandbox.member.slash(world.pictures, "edit", { image, instruction, ...options });
};
const offered = async (typed = "") =>
  (await world.sandbox.member.autocomplete(world.pictures, "edit", "task", { task: typed })).map(({ value }) => value);

it("learns a task from three pairs and, once it is published, does it for every member who asks in plain words", async () => {
  const { sandbox, pictures } = world;
  const member = sandbox.member;

  // The form says what happens to the examples.
  const used = await steps.manager.slash(pictures, "task create");
  const form = await used.expectModal();
  expect(form.fields).toEqual(["name", "description", "pictures", "instructions"]);
  expect(form.text).toContain("this server only");
  expect(form.text).toContain("deleting the task deletes them");
  const lines = "put dots on the boat\nput dots on the hat\nput dots on the tree";
  const sent = await steps.manager.submit(form, {
    ...{ name: "polka dots", description: "Covers things with dots", instructions: lines },
    pictures: await steps.pairs(3),
  });
  const created = await sent.expectReply();
  expect(created.isEphemeral).toBe(true);
  expect(created.content).toContain("2. `1-before.png` → `1-after.png`: `put dots on the hat`");

  // A draft is nobody's business.
  expect(await offered("polka")).toEqual([]);

  // Training: bar, time left, preview, "Cancel".
  Object.assign(engine.options, { learnStepMs: 250, learnSteps: 12 });
  const message = await steps.train("polka dots");
  await message.expect(({ text }) => /▰+▱* step \d+ of 12 · about \d+ s left · loss 0\.\d{3}/.test(text));
  await message.expect(({ images }) => images.length === 1);
  expect(message.buttons).toEqual(["Cancel"]);

  // The end, in the same message: sheet and loss curve, "Publish" and "Discard".
  await message.expect(({ buttons }) => buttons.includes("Publish"));
  expect(message.buttons).toEqual(["Publish", "Discard"]);
  expect(message.text).toContain("**polka dots**: learned, not published");
  expect(message.text).toContain("-# 3 examples · 12 steps · loss 1.000 → 0.077 · 0.0 s · tint");
  expect(message.images.map(({ name }) => name)).toEqual(["examples.png", "loss.png"]);
  expect((await sharp(message.images[0]?.bytes).metadata()).height).toBeGreaterThan(500); // three rows
  expect(engine.trainings.at(-1)).toMatchObject({ name: "polka dots", description: "Covers things with dots" });
  expect(engine.trainings.at(-1)?.examples.map(({ instruction }) => instruction)).toEqual(lines.split("\n"));

  // Not offered, not known, and not routed to, before it is published.
  expect(await offered("polka")).toEqual([]);
  const refused = await (await edit("dots please", { task: "polka dots" })).expectReply();
  expect(refused.content).toContain("does not know the task “polka dots”");
  await edit("early polka dots");
  await pictures.expectMessage(({ text }) => text.includes("early polka dots") && text.includes("-# texture"));
  expect(engine.edits.at(-1)?.learned).toBeUndefined();

  const published = await (await steps.manager.click(message, "Publish")).expectReply();
  expect([published.isEphemeral, published.content]).toEqual([true, "✅ `polka dots` is published."]);
  await message.expect(({ buttons }) => buttons.includes("Take back"));

  // Members see it, name it, or just describe it.
  expect((await offered()).slice(0, 3)).toEqual(["auto", "polka dots", "local"]);
  expect(await offered("dots")).toEqual(["polka dots"]);
  await edit("by name", { task: "polka dots" });
  await pictures.expectMessage(({ text }) => text.includes("by name") && text.includes("-# polka dots ·"));
  expect(engine.edits.at(-1)).toMatchObject({ task: "polka dots" });
  await edit("give the boat polka dots");
  const routed = await pictures.expectMessage(({ text }) => text.includes("give the boat"));
  expect(routed.text).toContain("-# polka dots (90 %)");
  expect(engine.edits.at(-1)).toMatchObject({ task: "auto" });
  expect(engine.edits.at(-1)?.learned?.map((bytes) => inspectTaskFile(bytes).name)).toEqual(["polka dots"]);

  // "Redo as …" offers it below any result, and does it.
  await edit("plain wish");
  const plain = await pictures.expectMessage(({ text }) => text.includes("plain wish"));
  await member.select(plain, customIdOf(plain, "redo"), ["polka dots"]);
  const redone = await pictures.expectMessage(({ text }) => text.includes("plain wish"), { after: plain });
  expect(redone.text).toContain("-# polka dots ·");
  expect(sandbox.unknownRoutes).toEqual([]);
});

it("takes results as examples, shows them, takes them out again, and gives them back as a tar", async () => {
  const { pictures } = world;
  await steps.create("hats", 1);
  await edit("give it a hat");
  const result = await pictures.expectMessage(({ text }) => text.includes("give it a hat"));
  const redis = await world.redis.commands();
  await waitFor(() => redis.exists(`${world.prefix}:message:${result.id}`), "the result to be written down");
  const chooser = await (await steps.manager.menu(result, "Add as example")).expectReply();
  expect(chooser.content).toContain("this server only");
  const options = JSON.stringify(chooser.raw.components);
  const hats = /"(?:label":"hats","value":"(\d+)|value":"(\d+)","label":"hats)"/.exec(options)?.slice(1).find(Boolean);
  const added = await steps.manager.select(chooser, customIdOf(chooser, "task-example"), [hats ?? ""]);
  expect((await added.expectReply()).content).toContain("`hats`, which has 2 examples now");

  const card = await steps.use("examples", { task: "hats" });
  expect(card.isEphemeral).toBe(true);
  expect(card.text).toContain("**hats**: Examples 1 to 2 of 2");
  expect(card.text).toContain("2. give it a hat");
  expect(card.images.map(({ name }) => name)).toEqual(
    [1, 2].flatMap((n) => ["before", "after"].map((kind) => `example-${n}-${kind}.png`)),
  );

  const form = await (await steps.manager.click(card, "Add more")).expectModal();
  const more = await steps.manager.submit(form, { pictures: await steps.pairs(5), instructions: "one for all" });
  expect((await more.expectReply()).content).toContain("has 7 examples now");
  const first = await steps.use("examples", { task: "hats" });
  const second = await (await steps.manager.click(first, "Next page")).expectReply();
  expect(second.text).toContain("Examples 6 to 7 of 7");

  const [key] = JSON.stringify(first.raw.components).match(/(?<="value":")[0-9a-f]{32}/) as string[];
  const out = await steps.manager.select(first, customIdOf(first, "task-remove"), [key as string]);
  expect((await out.expectReply()).content).toBe("✅ Removed. `hats` has 6 left.");

  const shared = await steps.use("share", { task: "hats", what: "examples" });
  expect(shared.images.map(({ name }) => name)).toEqual(["hats-examples.tar"]);
  const names: string[] = [];
  const reader = extract();
  reader.end(shared.images[0]?.bytes);
  let rows: { input: string; output: string; instruction: string }[] = [];
  for await (const entry of reader) {
    names.push(entry.header.name);
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.name === "examples.jsonl") {
      rows = Buffer.concat(chunks)
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    }
  }
  expect(names).toHaveLength(13);
  expect(rows[0]).toEqual({ input: "1-before.png", output: "1-after.png", instruction: "give it a hat" });
});

it("discards what was learned and learns it again; renames it, and the file still works", async () => {
  await steps.create("stripes");
  const first = await steps.learn("stripes");
  expect((await (await steps.manager.click(first, "Discard")).expectReply()).content).toContain("examples are kept");
  await first.expect(({ buttons, images }) => buttons.length === 0 && images.length === 0);
  const message = await steps.publish("stripes");
  expect((await steps.use("rename", { task: "stripes", name: "Zebra" })).content).toBe(
    "✅ `stripes` is called `Zebra` now.",
  );
  expect(await offered("zebra")).toEqual(["Zebra"]);
  await edit("zebra it", { task: "Zebra" });
  const result = await world.pictures.expectMessage(({ text }) => text.includes("zebra it"));
  expect(result.text).toContain("-# Zebra ·");
  expect(engine.edits.at(-1)?.task).toBe("stripes"); // as its file calls it
  // That name stays taken: two files of one name could not be told apart.
  expect((await steps.create("Stripes")).content).toContain("is taken");

  const shown = await steps.use("show", { task: "zebra" });
  expect(shown.text).toContain("**Zebra**: published");
  expect(shown.images).toHaveLength(2);
  await (await steps.manager.click(shown, "Take back")).expectReply();
  expect(await offered("zebra")).toEqual([]);
  expect(message.isDeleted).toBe(false);
});

it("shares a task as a file, and imports it under another name", async () => {
  await steps.create("glow");
  await steps.learn("glow");
  const shared = await steps.use("share", { task: "glow" });
  const [file] = shared.images;
  expect(file?.name).toBe("glow.safetensors");
  await steps.use("delete", { task: "glow" }).then((asked) => steps.manager.click(asked, "Delete"));
  await waitFor(async () => (await steps.use("list")).content.includes("glow") === false, "the task to go");

  const after = world.pictures.messages().at(-1);
  await steps.use("import", { file: { name: "glow.safetensors", bytes: file?.bytes as Uint8Array }, name: "shine" });
  const message = await world.pictures.expectMessage(({ text }) => text.includes("shine"), after ? { after } : {});
  await message.expect(({ buttons }) => buttons.includes("Publish"));
  expect(message.text).toContain("from a file");
  await (await steps.manager.click(message, "Publish")).expectReply();
  await edit("shine on", { task: "shine" });
  const result = await world.pictures.expectMessage(({ text }) => text.includes("shine on"));
  expect(result.text).toContain("-# shine ·");
});

it("tells what is wrong with a file that does not fit the model, and keeps nothing of it", async () => {
  const folders = (await taskFolders()).length;
  const bytes = makeTaskFile("foreign", { checkpoint: "d".repeat(64) });
  const after = world.pictures.messages().at(-1);
  await steps.use("import", { file: { name: "foreign.safetensors", bytes } });
  const message = await world.pictures.expectMessage(({ text }) => text.includes("foreign"), after ? { after } : {});
  await message.expect(({ text }) => text.includes("belongs to another model than the one here"));
  expect(message.buttons).toEqual([]);
  await waitFor(async () => !(await steps.use("list")).content.includes("foreign"), "it to go");
  await waitFor(async () => (await taskFolders()).length === folders, "its files to go");
});

it("stops a training that runs, and one that waits, and both can be trained again", async () => {
  await steps.create("slow");
  await steps.create("next");
  Object.assign(engine.options, { learnStepMs: 50, learnSteps: 10_000 });
  const running = await steps.train("slow");
  await running.expect(({ text }) => text.includes("step"));
  await edit("meanwhile");
  await world.pictures.expectMessage(({ text }) => text.includes("meanwhile")); // edits go on
  const waiting = await steps.train("next");
  expect(waiting.text).toContain("waits for its training");
  expect((await (await steps.manager.click(waiting, "Cancel")).expectReply()).isEphemeral).toBe(true);
  await waiting.expect(({ text }) => text.includes("was not learned. The training was cancelled."));
  await steps.use("cancel", { task: "slow" });
  await running.expect(({ text }) => text.includes("was cancelled"));
  expect(running.buttons).toEqual([]);
  Object.assign(engine.options, { learnStepMs: 1, learnSteps: 5 });
  await steps.learn("next");
  expect((await steps.use("list")).content).toContain("• `slow`: collecting examples · 3 examples");
});

it("goes on after a restart of the bot and of the worker, in the same message, and tells the end once", async () => {
  await steps.create("patience");
  Object.assign(engine.options, { learnStepMs: 50, learnSteps: 60 });
  const message = await steps.train("patience");
  await message.expect(({ text }) => text.includes("step"));
  const begun = engine.begunAt.length;
  await bot.close();
  await worker.stop();
  worker = await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectBot();
  await message.expect(({ buttons }) => buttons.includes("Publish"));
  expect(engine.begunAt.slice(begun)).toEqual([expect.any(Number)]);
  expect(engine.begunAt.at(-1)).toBeGreaterThan(0);
  expect(world.pictures.messages().filter(({ text }) => text.includes("patience"))).toHaveLength(1);
  expect((await (await steps.manager.click(message, "Publish")).expectReply()).content).toContain("is published");
});

it("posts the result anew when somebody deleted the training's message, and fails with words when the engine does", async () => {
  await steps.create("fragile");
  Object.assign(engine.options, { learnStepMs: 60, learnSteps: 20 });
  const message = await steps.train("fragile");
  steps.manager.delete(message);
  const result = await world.pictures.expectMessage(({ text }) => text.includes("**fragile**: learned"));
  await (await steps.manager.click(result, "Discard")).expectReply();
  Object.assign(engine.options, { learnStepMs: 1, learnFailures: 99 });
  const failing = await steps.train("fragile");
  // Three attempts, 2 s and 4 s apart.
  await failing.expect(({ text }) => text.includes("was not learned. The training failed"), { timeoutMs: 40_000 });
});

it("deletes a task with its examples, its files and its name", async () => {
  await steps.create("brief");
  await steps.publish("brief");
  const before = await taskFolders();
  const asked = await steps.use("delete", { task: "brief" });
  expect(asked.content).toContain("Delete `brief` with its 3 examples");
  expect((await (await steps.manager.click(asked, "Delete")).expectReply()).content).toContain("are deleted");
  const gone = before.filter((id) => customIdOf(asked, "task-delete").endsWith(id));
  expect(gone).toHaveLength(1);
  expect(await taskFolders()).toEqual(before.filter((id) => id !== gone[0]));
  const redis = await world.redis.commands();
  expect((await redis.keys(`${world.prefix}:task*`)).filter((key) => key.includes(gone[0] as string))).toEqual([]);
  expect(Object.keys(await redis.hgetall(`${world.prefix}:tasks:${world.sandbox.guildId}`))).not.toContain("brief");
  expect(await offered("brief")).toEqual([]);
  expect((await (await steps.manager.click(asked, "Delete")).expectReply()).content).toContain("no longer there");
  expect((await steps.create("brief")).content).toContain("Here is `brief`");
});

it("trains with the steps and vectors that the manager wants, also after a restart, and refuses what does not fit", async () => {
  await steps.create("zigzag", 1);
  Object.assign(engine.options, { learnStepMs: 150 });
  const before = engine.trainings.length;
  await steps.use("train", { task: "zigzag", steps: 12, vectors: 4 });
  const message = await world.pictures.expectMessage(({ text }) => text.includes("zigzag") && text.includes("of 12"));
  await bot.close();
  await worker.stop();
  worker = await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectBot();
  await message.expect(({ text }) => text.includes("12 steps · 4 vectors"), { timeoutMs: 30_000 });
  const runs = engine.trainings.slice(before);
  expect(runs.length).toBeGreaterThan(1);
  for (const run of runs) expect(run).toMatchObject({ steps: 12, vectors: 4 });

  await steps.create("dots again", 1);
  for (const wrong of [{ steps: 0 }, { steps: 1_001 }, { vectors: 17 }]) {
    // Discord's client refuses it, and so does the bot when somebody sends it all the same.
    await expect(steps.use("train", { task: "dots again", ...wrong })).rejects.toThrow("must be between");
    const command = world.sandbox.commands.find(({ name }) => name === "task");
    const train = command?.options?.find(({ name }) => name === "train");
    const saved = structuredClone(train);
    for (const option of (train as { options: { min_value?: number; max_value?: number }[] }).options) {
      delete option.min_value;
      delete option.max_value;
    }
    const said = await steps.use("train", { task: "dots again", ...wrong });
    expect(said.content).toContain("1 to 1000 steps");
    Object.assign(train as object, saved);
  }
  expect((await steps.use("show", { task: "dots again" })).text).toContain("collecting examples");
});

it("offers what is published in the forms of Edit this image and Edit again, and takes it", async () => {
  const { sandbox, pictures } = world;
  await steps.create("sequins", 1);
  await steps.publish("sequins");
  const photo = await sandbox.member.post(pictures, "my boat", [{ name: "b.png", bytes: await plainPng(40, 30) }]);
  const form = await (await sandbox.member.menu(photo, "Edit this image")).expectModal();
  expect(JSON.stringify(form.form)).toContain("sequins");
  await sandbox.member.submit(form, { instruction: "cover the boat", task: ["sequins"] });
  const result = await pictures.expectMessage(
    ({ text, images }) => text.includes("cover the boat") && images.length > 1,
  );
  expect(result.text).toContain("sequins");
  const again = await (await sandbox.member.click(result, "Edit again")).expectModal();
  expect(JSON.stringify(again.form)).toContain("sequins");
});
