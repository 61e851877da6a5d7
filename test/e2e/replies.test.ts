import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { MessageHandle, Person } from "../../sandbox/index.ts";
import type { Turn } from "../../src/conversation/Turn.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import type { Bot } from "../../src/startBot.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let bot: Bot;
let turns: TurnStore;
const engine = new TintEngine({ stepMs: 5 });
beforeAll(async () => {
  world = await startWorld();
  world.sandbox.setPrivilegedIntents(); // none: a login that asked for one would fail
  await world.startWorker(engine);
  bot = await world.startBot();
  await world.sandbox.expectCommand("edit");
  turns = new TurnStore(await world.redis.commands(), world.prefix);
});
afterAll(() => world.close());
afterEach(({ task }) => {
  engine.options.isEdit = 0.99;
  engine.options.stepMs = 5;
  if (task.result?.state === "fail") console.error(world.lines.slice(-40).join(""));
});

const boat = async () => ({ name: "boat.png", bytes: await plainPng(40, 30) });

/** The bot's newest message with these words, newer than `after`. */
const said = (words: string, after?: MessageHandle, channel = world.pictures) =>
  channel.expectMessage(({ author, text }) => author === "emend" && text.includes(words), after ? { after } : {});

async function begin(instruction: string, person: Person = world.sandbox.member) {
  await person.slash(world.pictures, "edit", { image: await boat(), instruction });
  return said(instruction);
}

/** The turn whose result a message shows; written down a moment after the message can be seen. */
const turnOf = (message: MessageHandle): Promise<Turn> =>
  waitFor(() => turns.byMessage(message.id), "the turn of a message");

/** The events of a message once more, as the gateway sends them after a resume. */
function replay(message: MessageHandle, times: number) {
  for (let i = 0; i < times; i++) world.sandbox.state.hub.emit({ type: "messageCreate", message: message.stored });
}

/** Nothing that was done before this is still under way: a later edit of the same queue has ended. */
async function settle() {
  const word = `settled ${Math.random()}`;
  await begin(word);
}

it("takes a reply to a result as the next instruction, on the lossless picture, below that reply", async () => {
  const { sandbox } = world;
  const first = await begin("the first step");
  const reply = await sandbox.member.reply(first, "the second step");
  const second = await said("the second step");
  expect(second.replyTo).toBe(reply.id);
  expect(second.stored.mentions).toEqual([]);
  const [before, after] = [await turnOf(first), await turnOf(second)];
  expect(after).toMatchObject({
    parent: before.id,
    tree: before.id,
    author: sandbox.member.id,
    seed: expect.any(Number),
  });
  expect(before.outcome).toMatchObject({ picture: after.source });
  expect(second.images.map(({ name }) => name.split(".")[1])).toEqual(["webp", "png"]);
});

it("makes a branch of a second reply to the same result, also by somebody else", async () => {
  const { sandbox } = world;
  const first = await begin("the trunk");
  await sandbox.member.reply(first, "the left branch");
  const left = await turnOf(await said("the left branch"));
  await sandbox.user("theo").reply(first, "the right branch");
  const right = await turnOf(await said("the right branch"));
  const tree = await turns.tree(left.tree);
  expect(tree.places.get((await turnOf(first)).id)?.children).toEqual([left.id, right.id]);
  expect(right.author).toBe(sandbox.user("theo").id);
});

it("makes exactly one result of a reply that the gateway sends a thousand times", async () => {
  const first = await begin("once and for all");
  const reply = await world.sandbox.member.reply(first, "a thousand times");
  replay(reply, 500);
  await said("a thousand times");
  replay(reply, 500);
  await settle();
  expect(engine.edits.filter(({ instruction }) => instruction === "a thousand times")).toHaveLength(1);
  expect(world.pictures.messages().filter(({ replyTo }) => replyTo === reply.id)).toHaveLength(1);
});

it("says how, once a day, when a reply comes without its text, and edits by the button or by a reply to that", async () => {
  const { sandbox, pictures } = world;
  const theo = sandbox.user("theo");
  const first = await begin("mute");
  const reply = await theo.reply(first, "you cannot read this", { ping: false });
  const how = await said("with the ping on");
  expect(how.replyTo).toBe(reply.id);
  expect(how.buttons).toEqual(["Edit again"]);

  const second = await theo.reply(first, "nor that", { ping: false });
  await settle();
  expect(pictures.messages().filter(({ replyTo }) => replyTo === second.id)).toEqual([]);

  const form = await (await theo.click(how, "Edit again")).expectModal();
  expect(form.fields).toEqual(["instruction", "task"]);
  await theo.submit(form, { instruction: "by the button" });
  expect((await turnOf(await said("by the button"))).parent).toBe((await turnOf(first)).id);
  await theo.reply(how, "by a reply to the explanation");
  expect((await turnOf(await said("by a reply to"))).parent).toBe((await turnOf(first)).id);
});

it("begins a tree with a picture that comes with a mention", async () => {
  const { sandbox, pictures } = world;
  const me = `<@${sandbox.applicationId}>`;
  const message = await sandbox.member.post(pictures, `${me} paint it **blue**, ${me}`, [await boat()]);
  const result = await said("paint it");
  expect(result.replyTo).toBe(message.id);
  expect(await turnOf(result)).toMatchObject({
    parent: null,
    instruction: "paint it **blue**,",
    sourceMessage: message.id,
  });

  // A reply to the source is another branch from the same picture.
  await sandbox.user("theo").reply(message, `${me} paint it green`);
  const other = await turnOf(await said("paint it green"));
  expect(other).toMatchObject({ parent: null, tree: (await turnOf(result)).id, sourceMessage: message.id });
  expect(other.source).toEqual((await turnOf(result)).source);
});

it("edits the attached picture, not the one replied to, when a reply has one", async () => {
  const first = await begin("forty by thirty");
  const square = { name: "square.png", bytes: await plainPng(20, 20) };
  await world.sandbox.member.reply(first, "this one instead", { files: [square] });
  expect(await turnOf(await said("this one instead"))).toMatchObject({
    parent: null,
    source: { width: 20, height: 20 },
  });
});

it("says how to get at pictures that Discord does not show it, and edits them where the intent is on", async () => {
  const { sandbox, pictures } = world;
  const me = `<@${sandbox.applicationId}>`;
  const picture = await sandbox.user("theo").post(pictures, "my cat", [await boat()]);
  await sandbox.member.reply(picture, `${me} give it a crown`);
  await said("I cannot see a picture in that message");
  expect(engine.edits.some(({ instruction }) => instruction === "give it a crown")).toBe(false);

  await bot.close();
  sandbox.setPrivilegedIntents("MessageContent");
  bot = await world.startBot({ messageContent: true });
  await sandbox.expectBot();
  await sandbox.member.reply(picture, `${me} give it two crowns`);
  expect(await turnOf(await said("two crowns"))).toMatchObject({ parent: null, sourceMessage: picture.id });
  await bot.close();
  sandbox.setPrivilegedIntents();
  bot = await world.startBot();
  await sandbox.expectBot();
});

it("answers kindly when what was replied to is deleted, unknown, or not there any more", async () => {
  const { sandbox, pictures } = world;
  const { state } = sandbox;
  const first = await begin("soon gone");
  const reply = await sandbox.member.reply(first, "too late");
  await said("too late");
  // It was deleted while the reply was on its way.
  state.messages.get(first.id)!.deleted = true;
  const late = { ...reply.stored, id: `${BigInt(reply.id) + 1n}` };
  state.messages.set(late.id, late);
  state.hub.emit({ type: "messageCreate", message: late });
  expect((await said("was deleted")).replyTo).toBe(late.id);

  const forgotten = await begin("soon forgotten");
  await turns.delete(await turnOf(forgotten));
  await sandbox.member.reply(forgotten, "again");
  const answer = await said("no picture for that message");
  await sandbox.member.reply(answer, "and again");
  await said("no picture for that message", answer);
  expect(pictures.messages().filter(({ isDeleted }) => isDeleted)).toEqual([]);
});

it("ignores bots, webhooks, talk among people, and its own messages", async () => {
  const { sandbox, pictures } = world;
  const { state } = sandbox;
  const first = await begin("quiet please");
  const talk = await sandbox.user("theo").post(pictures, "look what they made");
  const among = await sandbox.member.reply(talk, "nice!");
  const robot = { ...first.stored, id: `${BigInt(among.id) + 1n}`, authorId: state.botId, content: "do more" };
  const webhook = { ...among.stored, id: `${BigInt(among.id) + 2n}`, interactionToken: "x", addressesBot: true };
  for (const message of [robot, webhook]) state.hub.emit({ type: "messageCreate", message });
  await settle();
  const answered = pictures.messages().flatMap(({ author, replyTo }) => (author === "emend" ? [replyTo] : []));
  for (const { id } of [talk, among, robot, webhook]) expect(answered).not.toContain(id);
});

it("tells below the reply why an edit did not work out, and what is missing", async () => {
  const { sandbox, pictures } = world;
  const first = await begin("no thanks");
  engine.options.isEdit = 0.02;
  const thanks = await sandbox.member.reply(first, "thank you");
  expect((await said("do not see an edit")).replyTo).toBe(thanks.id);
  engine.options.isEdit = 0.99;

  pictures.deny("theo", "UseApplicationCommands");
  const refused = await sandbox.user("theo").reply(first, "let me");
  expect((await said("permissions to use commands")).replyTo).toBe(refused.id);
  pictures.resetPermissions();
  await sandbox.member.post(pictures, `<@${sandbox.applicationId}> hello?`);
  await said("Reply to one of my results");
  await sandbox.member.post(pictures, `<@${sandbox.applicationId}>`, [await boat()]);
  const ask = await said("What should change");
  await sandbox.member.reply(first, "", { files: [{ name: "notes.txt", bytes: Buffer.from("words") }] });
  expect((await said("What should change", ask)).buttons).toEqual(["Edit again"]);
});

it("works in direct messages, where nobody needs to be mentioned", async () => {
  const channel = world.sandbox.member.directMessages();
  await world.sandbox.member.post(channel, "between the two of us", [await boat()]);
  const first = await said("between the two of us", undefined, channel);
  await world.sandbox.member.reply(first, "still between us", { ping: false });
  const second = await said("still between us", undefined, channel);
  expect((await turnOf(second)).parent).toBe((await turnOf(first)).id);
});

it("pings nobody, whatever a reply says", async () => {
  const { sandbox } = world;
  const role = [...sandbox.state.guilds.values()][0]!.roles.keys().next().value;
  const first = await begin("before the noise");
  await sandbox.member.reply(first, `shout @everyone @here <@${sandbox.user("theo").id}> <@&${role}>`);
  const { stored, raw, text } = await said("shout");
  expect([stored.mentions, raw.mention_everyone, raw.mention_roles]).toEqual([[], false, []]);
  expect(text).not.toMatch(/@everyone|@here/);
});

it("answers in the language that the server chose", async () => {
  const { sandbox } = world;
  const settings = new GuildSettingsStore(await world.redis.commands(), world.prefix);
  await settings.change(sandbox.guildId, { language: "de" });
  const first = await begin("auf Deutsch bitte");
  const muted = await sandbox.addUser("uwe").reply(first, "stumm", { ping: false });
  const how = await said("mit Ping");
  expect([how.replyTo, how.buttons]).toEqual([muted.id, ["Weiter bearbeiten"]]);
  await settings.change(sandbox.guildId, { language: null });
});

it("makes no edit that it could not show", async () => {
  const { sandbox, pictures } = world;
  const first = await begin("before the silence");
  pictures.deny("bot", "SendMessages");
  const silent = await sandbox.member.reply(first, "in the silence");
  const gaveUp = (line: string) => line.includes("could not answer") && line.includes(silent.id);
  await waitFor(() => world.lines.some(gaveUp), "the bot to give up");
  pictures.resetPermissions();
  pictures.deny("bot", "AttachFiles");
  await sandbox.member.reply(first, "without files");
  await said("Attach Files");
  pictures.resetPermissions();
  await settle();
  const made = engine.edits.map(({ instruction }) => instruction);
  for (const words of ["in the silence", "without files"]) expect(made).not.toContain(words);
});

it("ends with every route known, and with nobody pinged", () => {
  for (const { author, stored } of world.pictures.messages())
    if (author === "emend") expect(stored.mentions).toEqual([]);
  expect(world.sandbox.unknownRoutes).toEqual([]);
});
