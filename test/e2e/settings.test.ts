import { InteractionType, ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { InteractionHandle } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
const engine = new TintEngine();
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("settings");
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-20).join(""));
  await settings("reset");
});
afterAll(() => world.close());

async function settings(name: string, options: Record<string, string | number> = {}, person = world.sandbox.owner) {
  return (await (await person.slash(world.pictures, `settings ${name}`, options)).expectReply()).content;
}

async function edit(instruction: string, { channel = world.pictures, person = world.sandbox.member, size = 40 } = {}) {
  const image = { name: "boat.png", bytes: await plainPng(size, 30) };
  return person.slash(channel, "edit", { image, instruction });
}

it("shows what is set and what is the bot's own, and sets several at once", async () => {
  expect(await settings("show")).toContain("• Steps: **the model's own** (default)");
  const said = await settings("set", { steps: 3, alpha: 0.1, "edits-per-day": 0, language: "de" });
  for (const line of ["Steps: **3**", "α: **0.1**", "in 24 hours: **any number**", "Language: **German**"]) {
    expect(said).toContain(line);
  }
  expect(await settings("reset", { setting: "steps" })).toContain("Steps: **the model's own** (default)");
  expect(await settings("show")).toContain("α: **0.1**");
  expect(await settings("set")).toContain("nothing to change");
});

it("fills in steps and α where none are named, also for replies, and speaks the server's language", async () => {
  await settings("set", { steps: 3, alpha: 0.1, language: "de" });
  await edit("drei");
  const result = await world.pictures.expectMessage(({ text }) => text.includes("drei"));
  expect(engine.edits.at(-1)).toMatchObject({ steps: 3, alpha: 0.1 });
  expect(result.text).toContain("3 Schritte");
  await settings("set", { steps: 2 });
  await world.sandbox.member.reply(result, "weiter");
  await world.pictures.expectMessage(({ author, text }) => author === "emend" && text.includes("weiter"));
  expect(engine.edits.at(-1)).toMatchObject({ instruction: "weiter", steps: 2, alpha: 0.1 });
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  const named = { image, instruction: "vier", steps: 4, alpha: 0 };
  await world.sandbox.member.slash(world.pictures, "edit", named);
  await world.pictures.expectMessage(({ text }) => text.includes("vier"));
  expect(engine.edits.at(-1)).toMatchObject({ steps: 4, alpha: 0 });
});

it("makes edits by the profile that the server has set, says so where it is fast, and goes back to the bot's own", async () => {
  expect(await settings("show")).toContain("• Profile: **as the bot has it** (default)");
  await edit("as usual");
  await world.pictures.expectMessage(({ text }) => text.includes("as usual"));
  expect(engine.edits.at(-1)).not.toHaveProperty("profile");
  expect(await settings("set", { profile: "fast" })).toContain("• Profile: **fast**");
  await edit("quickly please");
  const result = await world.pictures.expectMessage(({ text }) => text.includes("quickly please"));
  expect(engine.edits.at(-1)).toMatchObject({ profile: "fast" });
  expect(result.text).toContain("fast, 64 px");
  expect(await settings("set", { profile: "bot" })).toContain("• Profile: **as the bot has it** (default)");
});

it("keeps replies to the same rules as commands, and counts them in the same line", async () => {
  await edit("before the rule");
  const result = await world.pictures.expectMessage(({ text }) => text.includes("before the rule"));
  const edits = engine.edits.length;
  const answer = (words: string) =>
    world.pictures.expectMessage(({ author, text }) => author === "emend" && text.includes(words));
  const mention = `<@${world.sandbox.state.botId}>`;
  await settings("set", { "allow-channel": world.sandbox.channel("lounge").id });
  await world.sandbox.member.reply(result, `${mention} not here any more`);
  await answer("can be asked for in <#");
  await settings("reset");
  await settings("set", { "edits-per-day": 1 });
  await world.sandbox.member.reply(result, `${mention} one more`);
  await answer("of the last 24 hours here");
  expect(engine.edits.length).toBe(edits);
});

it("refuses other channels, members without the role and larger pictures, in one private line each", async () => {
  const lounge = world.sandbox.channel("lounge");
  const edits = engine.edits.length;
  await settings("set", { "allow-channel": lounge.id });
  const there = await (await edit("not here")).expectReply();
  expect([there.isEphemeral, there.content]).toEqual([true, `Edits can be asked for in <#${lounge.id}> only.`]);
  await settings("set", { "remove-channel": lounge.id, "allow-channel": world.pictures.id, megapixels: 0.1 });
  expect((await (await edit("too large", { size: 4_000 })).expectReply()).content).toContain("0.1 megapixels");

  const artist = world.sandbox.addUser("ada", { permissions: 0n });
  const [role] = [...(world.sandbox.state.guilds.get(world.sandbox.guildId)?.members.get(artist.id)?.roles ?? [])];
  await settings("set", { "allow-role": role ?? "" });
  expect((await (await edit("no role")).expectReply()).content).toContain(
    `one of these roles can ask for edits here: <@&`,
  );
  expect(engine.edits.length).toBe(edits);
  await edit("with the role", { person: artist });
  await world.pictures.expectMessage(({ text }) => text.includes("with the role"));
});

it("changes and shows nothing for somebody who may not manage the server, nor for values that no client sends", async () => {
  const forge = async (user: string, name: string, options: object[] = []) => {
    const { state } = world.sandbox;
    const data = { id: "1", name: "settings", type: 1, options: [{ type: Option.Subcommand, name, options }] };
    const request = { type: InteractionType.ApplicationCommand, userId: user, channel: world.pictures.channel, data };
    const handle = new InteractionHandle(state, createInteraction(state, { ...request, commandName: "settings" }));
    return (await handle.expectReply()).content;
  };
  const steps = (value: number) => [{ type: Option.Integer, name: "steps", value }];
  const { member, owner } = world.sandbox;
  for (const name of ["show", "set", "reset"]) {
    expect(await forge(member.id, name, name === "set" ? steps(2) : [])).toContain("manage the server");
  }
  expect(await forge(owner.id, "set", steps(1_000))).toContain("cannot do that");
  const language = [{ type: Option.String, name: "language", value: "tlh" }];
  expect(await forge(owner.id, "set", language)).toContain("cannot do that");
  await settings("set", { steps: 5 });
  await forge(owner.id, "reset", [{ type: Option.String, name: "setting", value: "v" }]);
  expect(await settings("show")).toContain("Steps: **5**");
});
