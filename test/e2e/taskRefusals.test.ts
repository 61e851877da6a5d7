import { InteractionType, ApplicationCommandOptionType as Option, PermissionFlagsBits } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { InteractionHandle, type MessageHandle } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import { GuildTaskStore } from "../../src/learning/GuildTaskStore.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { plainPng } from "../worker/editJob.ts";
import { makeTaskFile, TeachEngine } from "../worker/TeachEngine.ts";
import { startWorld, type World } from "./startWorld.ts";
import { TaskSteps } from "./taskSteps.ts";

let world: World;
let steps: TaskSteps;
let store: GuildTaskStore;
const engine = new TeachEngine({ learnStepMs: 5 });
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("task");
  steps = new TaskSteps(world);
  store = new GuildTaskStore(await world.redis.commands(), world.prefix, new TaskFiles(`${world.redis.home}/tasks`));
});
afterAll(() => world.close());
afterEach(({ task }) => {
  Object.assign(engine.options, { learnStepMs: 5, learnSteps: 10 });
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

const names = async () => (await store.list(world.sandbox.guildId)).map(({ name, state }) => `${name} ${state}`);

/** An interaction as a client that keeps no rules would send it. */
function forge(type: InteractionType, data: Record<string, unknown>, user: string, source?: MessageHandle) {
  const { state } = world.sandbox;
  const { channel } = world.pictures;
  const asked = { type, userId: user, channel, data, commandName: "task" };
  return new InteractionHandle(
    state,
    createInteraction(state, { ...asked, ...(source ? { source: source.stored } : {}) }),
  );
}

describe("the form", () => {
  const cases: [string, () => Promise<Record<string, unknown>>, string][] = [
    ["a name with markup", async () => ({ name: "**bold**" }), "1 to 40 letters"],
    ["a mention as a name", async () => ({ name: "<@123>" }), "1 to 40 letters"],
    ["a name of blanks", async () => ({ name: "   " }), "1 to 40 letters"],
    ["a name that is too long", async () => ({ name: "x".repeat(41) }), "1 to 40 letters"],
    ["a built-in task's name", async () => ({ name: "Texture" }), "built in"],
    ["the name auto", async () => ({ name: "AUTO" }), "built in"],
    ["a picture without a partner", async () => ({ pictures: (await steps.pairs(2)).slice(1) }), "that were 3"],
    ["two instructions for three pairs", async () => ({ instructions: "a\nb" }), "3 pairs and 2 lines"],
    ["no instruction", async () => ({ instructions: "" }), "3 pairs and 0 lines"],
    ["an instruction of 1,001 characters", async () => ({ instructions: "x".repeat(1_001) }), "1 to 1,000 characters"],
    [
      "a pair of different sizes",
      async () => ({
        pictures: [...(await steps.pairs(1)), ...(await steps.pairs(1)).slice(0, 1), await file(50, 30)],
      }),
      "pair 2 have different sizes: 40 × 30 and 50 × 30",
    ],
    ["an unreadable picture", async () => ({ pictures: [await file(40, 30), text] }), "not a picture"],
    ["a picture that is cut off", async () => ({ pictures: [await file(40, 30), await cut()] }), "damaged"],
  ];
  const text = { name: "b.png", bytes: Buffer.from("I am no picture") };
  const file = async (width: number, height: number) => ({ name: "a.png", bytes: await plainPng(width, height) });
  const cut = async () => ({ name: "c.png", bytes: (await plainPng(64, 64)).subarray(0, 90) });

  it.each(cases)("refuses %s, and keeps nothing", async (_, change, words) => {
    const answer = await steps.create("fine", 3, await change());
    expect(answer.isEphemeral).toBe(true);
    expect(answer.content).toContain(words);
    expect(await names()).toEqual([]);
  });

  it("refuses a name that is taken, whatever its case", async () => {
    await steps.create("taken", 1);
    expect((await steps.create("TAKEN", 1)).content).toContain("`TAKEN` is taken");
    await store.delete((await store.list(world.sandbox.guildId))[0]!);
  });
});

describe("/task", () => {
  it("refuses what does not fit the task's state, in one kind line", async () => {
    await steps.create("empty", 0, { instructions: "" });
    expect((await steps.use("train", { task: "empty" })).content).toBe(
      "`empty` has no examples yet. Add some with `/task examples`.",
    );
    expect((await steps.use("share", { task: "empty" })).content).toContain("was not learned yet");
    expect((await steps.use("share", { task: "empty", what: "examples" })).content).toContain("no examples yet");
    expect((await steps.use("cancel", { task: "empty" })).content).toContain("not in training");
    for (const [part, options] of [
      ["train", {}],
      ["show", {}],
      ["examples", {}],
      ["delete", {}],
      ["rename", { name: "other" }],
    ] as const) {
      expect((await steps.use(part, { task: "nope", ...options })).content).toContain("no task of that name");
    }
    expect((await steps.use("rename", { task: "empty", name: "a`b" })).content).toContain("1 to 40 letters");

    await steps.create("busy");
    Object.assign(engine.options, { learnStepMs: 50, learnSteps: 10_000 });
    const message = await steps.train("busy");
    for (const [part, options] of [
      ["train", {}],
      ["delete", {}],
      ["rename", { name: "other" }],
    ] as const) {
      expect((await steps.use(part, { task: "busy", ...options })).content).toContain("`busy` is in training");
    }
    expect((await steps.use("rename", { task: "empty", name: "BUSY" })).content).toContain("is taken");
    await steps.use("cancel", { task: "busy" });
    await message.expect(({ text }) => text.includes("was cancelled"));
  });

  it("refuses the hundred-and-first example, and the twenty-sixth task", async () => {
    const { id } = (await store.list(world.sandbox.guildId)).find(({ name }) => name === "busy")!;
    const [example] = await store.examples(id);
    await store.addExamples(
      id,
      Array.from({ length: 96 }, () => example!),
    );
    const card = await steps.use("examples", { task: "busy" });
    const form = await (await steps.manager.click(card, "Add more")).expectModal();
    const sent = await steps.manager.submit(form, { pictures: await steps.pairs(2), instructions: "x" });
    expect((await sent.expectReply()).content).toBe("A task has at most 100 examples, and this one has 99 already.");
    expect(await store.countExamples(id)).toBe(99);

    for (let i = 2; i < 25; i++) await steps.create(`t${i}`, 0, { instructions: "" });
    expect((await steps.create("t25", 0, { instructions: "" })).content).toContain("at most 25 tasks");
    for (const task of await store.list(world.sandbox.guildId)) await store.delete(task);
  }, 45_000);

  it("refuses files that are no task files before any worker sees them", async () => {
    const good = makeTaskFile("fine");
    const longHeader = Buffer.from(good);
    longHeader.writeBigUInt64LE(2n ** 60n, 0);
    const cases: [Uint8Array, string][] = [
      [good.subarray(0, good.length - 1), "damaged or cut off"],
      [good.subarray(0, 5), "damaged or cut off"],
      [Buffer.concat([good, Buffer.alloc(1)]), "damaged or cut off"],
      [longHeader, "damaged or cut off"],
      [await plainPng(), "no task file"],
      [makeTaskFile("fine", { format: "other" }), "no task file"],
      [makeTaskFile("<@1>"), "no task file"],
      [makeTaskFile("texture"), "built in"],
      [Buffer.alloc(600 * 1024), "too large for a task"],
    ];
    for (const [bytes, words] of cases) {
      const answer = await steps.use("import", { file: { name: "x.safetensors", bytes } });
      expect([answer.isEphemeral, answer.content]).toEqual([true, expect.stringContaining(words)]);
    }
    expect(await names()).toEqual([]);
  });

  it("says so where it may not post, and begins nothing", async () => {
    await steps.create("quiet");
    world.pictures.deny("bot", "SendMessages");
    try {
      expect((await steps.use("train", { task: "quiet" })).content).toContain("send messages");
      expect(await names()).toEqual(["quiet draft"]);
    } finally {
      world.pictures.resetPermissions();
    }
  });
});

describe("members who may not manage the server", () => {
  const theo = () => world.sandbox.user("theo").id;
  const button = (id: string, user: string, source?: MessageHandle) =>
    forge(InteractionType.MessageComponent, { custom_id: id, component_type: 2 }, user, source);

  it("are not offered the commands", async () => {
    const member = world.sandbox.member;
    await expect(member.slash(world.pictures, "task list")).rejects.toThrow("may not use");
  });

  it("are refused at every step, also with another's buttons and forms, and nothing changes", async () => {
    const { pictures } = world;
    await steps.create("mine");
    const message = await steps.learn("mine");
    const before = await names();
    const [task] = (await store.list(world.sandbox.guildId)).filter(({ name }) => name === "mine");
    const id = task!.id;
    const refused: InteractionHandle[] = [];
    const options = [{ type: Option.String, name: "task", value: "mine" }];
    for (const name of "create examples train cancel list show rename delete share import".split(" ")) {
      const data = { id: "1", name: "task", type: 1, options: [{ type: Option.Subcommand, name, options }] };
      refused.push(forge(InteractionType.ApplicationCommand, data, theo()));
    }
    for (const action of "publish unpublish discard cancel delete more page".split(" ")) {
      refused.push(button(`v1:task-${action}:${id}`, theo(), message));
    }
    for (const action of ["task-remove", "task-example"]) {
      const data = { custom_id: `v1:${action}:${id}`, component_type: 3, values: [id] };
      refused.push(forge(InteractionType.MessageComponent, data, theo(), message));
    }
    for (const custom_id of ["v1:task-create:new", `v1:task-more:${id}`]) {
      const field = (name: string) => ({ type: 18, component: { type: 4, custom_id: name, value: "x" } });
      const components = ["name", "description", "instructions"].map(field);
      refused.push(forge(InteractionType.ModalSubmit, { custom_id, components }, theo()));
    }
    // The real buttons, too, pressed by somebody else.
    refused.push(await world.sandbox.user("theo").click(message, "Publish"));
    for (const interaction of refused) {
      const reply = await interaction.expectReply();
      expect([reply.isEphemeral, reply.content]).toEqual([true, "Only members who may manage the server can do that."]);
    }
    expect(await names()).toEqual(before);
    expect(message.buttons).toEqual(["Publish", "Discard"]);

    const typed = { type: Option.String, name: "task", value: "", focused: true };
    const data = { id: "1", name: "task", type: 1, options: [{ type: 1, name: "show", options: [typed] }] };
    const asked = forge(InteractionType.ApplicationCommandAutocomplete, data, theo());
    expect(await asked.expectChoices()).toEqual([]);
    expect((await pictures.messages().at(-1))?.id).toBe(message.id);
  });

  it("become able to when they get the permission, and unable when they lose it", async () => {
    const vera = world.sandbox.addUser("vera", { permissions: PermissionFlagsBits.ManageGuild });
    expect((await (await vera.slash(world.pictures, "task list")).expectReply()).content).toContain("`mine`");
    const shown = await (await vera.slash(world.pictures, "task show", { task: "mine" })).expectReply();
    world.pictures.deny("vera", "ManageGuild");
    expect((await (await vera.click(shown, "Publish")).expectReply()).content).toContain("Only members who may manage");
    world.pictures.resetPermissions();
    expect((await (await vera.click(shown, "Publish")).expectReply()).content).toContain("is published");
  });

  it("of another server reach nothing, though they manage that one", async () => {
    const { sandbox } = world;
    const other = sandbox.addGuild("Elsewhere", { owner: sandbox.user("theo") });
    const [task] = await store.list(sandbox.guildId);
    const { state } = sandbox;
    const data = { custom_id: `v1:task-unpublish:${task!.id}`, component_type: 2 };
    const channel = other.channel.channel;
    const message = await sandbox.user("theo").post(other.channel, "hello");
    const pressed = new InteractionHandle(
      state,
      createInteraction(state, {
        type: InteractionType.MessageComponent,
        userId: theo(),
        channel,
        data,
        source: message.stored,
      }),
    );
    expect((await pressed.expectReply()).content).toBe("That task is no longer there.");
    const listed = await sandbox.user("theo").slash(other.channel, "task list");
    expect((await listed.expectReply()).content).toContain("no tasks of its own");
    const offered = await sandbox.user("theo").autocomplete(other.channel, "edit", "task", { task: "mine" });
    expect(offered).toEqual([]);
  });
});
