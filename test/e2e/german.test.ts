import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { InteractionHandle, MessageHandle, ModalHandle, Person } from "../../sandbox/index.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { flatTexts, HOLE } from "../bot/flatTexts.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TeachEngine } from "../worker/TeachEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

// Whole stories: a busy machine needs longer than the usual 30 s.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let mina: Person;
let olive: Person;
const engine = new TeachEngine({ stepMs: 5, learnStepMs: 30, learnSteps: 10 });

/** Everything that the bot said, in every state of every message, form and list of suggestions. */
const said = new Set<string>();
beforeAll(async () => {
  world = await startWorld();
  const { sandbox } = world;
  const { state } = sandbox;
  mina = sandbox.member;
  olive = sandbox.owner;
  sandbox.setGuildLocale("de");
  for (const person of [mina, olive, sandbox.user("theo")]) person.setLocale("de");
  state.hub.listen((event) => {
    if ((event.type === "messageCreate" || event.type === "messageUpdate") && event.message.authorId === state.botId) {
      listen([
        event.message.content,
        event.message.components,
        event.message.files.map(({ description }) => description),
      ]);
    } else if (event.type === "interactionUpdate") listen([event.interaction.modal, event.interaction.choices]);
  });
  await world.startBot();
  await sandbox.expectCommand("edit");
});
afterAll(() => world.close());
afterEach(({ task }) => {
  if (task.result?.state === "fail") console.error(world.lines.slice(-30).join(""));
});

/** What people read, and no ids. */
function listen(value: unknown, key = ""): void {
  if (typeof value === "string") {
    if (["", "content", "label", "placeholder", "description", "title", "name"].includes(key)) said.add(value);
  } else if (Array.isArray(value)) for (const each of value) listen(each, key);
  else if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value)) listen(each, typeof each === "string" ? name : "");
  }
}

const boat = async () => ({ name: "boot.png", bytes: await plainPng(40, 30) });
const answer = async (interaction: Promise<InteractionHandle>): Promise<MessageHandle> =>
  (await interaction).expectReply();
const slash = (person: Person, name: string, options: Record<string, unknown> = {}) =>
  answer(person.slash(world.pictures, name, options as never));
const edit = async (instruction: string, options: Record<string, unknown> = {}, person = mina) =>
  person.slash(world.pictures, "edit", { image: await boat(), instruction, ...options } as never);
const shown = (words: string) =>
  world.pictures.expectMessage(
    ({ author, text, images }) => author === "emend" && text.includes(words) && images.length > 0,
  );
const says = (words: string) =>
  world.pictures.expectMessage(({ author, text }) => author === "emend" && text.includes(words));
const customId = (message: MessageHandle, action: string) =>
  new RegExp(`"(v1:${action}:[^"]+)"`).exec(JSON.stringify(message.raw))?.[1] ?? "";
const fill = async (person: Person, modal: ModalHandle, values: Record<string, unknown>) =>
  answer(person.submit(modal, values as never));

async function settled(message: MessageHandle): Promise<MessageHandle> {
  const turns = new TurnStore(await world.redis.commands(), world.prefix);
  await waitFor(() => turns.byMessage(message.id), "the turn of a message");
  return message;
}

it("leads a whole conversation: waiting, cancelling, results, every button, replies", async () => {
  const { sandbox, pictures } = world;
  for (const name of ["help", "queue", "cancel", "undo", "history", "privacy show", "privacy export"]) {
    await slash(mina, name);
  }
  await slash(mina, "privacy delete-my-data");
  const waiting = await edit("während niemand arbeitet");
  const progress = await waiting.expectReply(({ text }) => text.includes("kein Rechner"));
  await slash(mina, "queue");
  await mina.autocomplete(pictures, "cancel", "edit", { edit: "" });
  await answer(mina.click(progress, "Abbrechen"));
  await waiting.expectReply(({ text }) => text.includes("wurde abgebrochen"));

  await world.startWorker(engine);
  engine.options.stepMs = 500;
  const slow = await edit("das dauert", { steps: 60 });
  await slow.expectReply(({ text }) => text.includes("Schritt"));
  const behind = await edit("danach", {}, sandbox.user("theo"));
  await behind.expectReply(({ text }) => text.includes("Nächstes") || text.includes("Platz"));
  await slash(mina, "queue");
  await slash(olive, "cancel", { edit: slow.id });
  await slow.expectReply(({ text }) => text.includes("Moderation"));
  engine.options.stepMs = 5;
  Object.assign(engine.options, { second: 0.45, isEdit: 0.3 });
  await edit("mach es rot");
  const first = await settled(await shown("mach es rot"));
  Object.assign(engine.options, { second: 0.08, isEdit: 0.99 });

  const form = await (await mina.click(first, "Weiter bearbeiten")).expectModal();
  await fill(mina, form, { instruction: "und jetzt blau" });
  const second = await settled(await shown("und jetzt blau"));
  await answer(mina.click(second, "Variante"));
  await answer(mina.click(second, "Rückgängig"));
  await second.expect(({ buttons }) => buttons.includes("Wiederherstellen"));
  await answer(mina.click(second, "Wiederherstellen"));
  await answer(mina.select(second, customId(second, "redo"), ["add"]));
  const compared = await answer(mina.click(second, "Vergleichen"));
  await mina.click(compared, "30 %");
  await compared.expect(({ text }) => text.includes("30 %"));
  const history = await answer(mina.click(second, "Verlauf"));
  expect(history.text).toContain("So ist dieses Bild entstanden");
  await slash(mina, "history");
  await slash(mina, "undo");
  await slash(mina, "privacy show");
  await slash(mina, "privacy export");

  const me = `<@${sandbox.applicationId}>`;
  engine.options.stepMs = 400;
  const reply = await mina.reply(first, "eine Antwort");
  await pictures.expectMessage(({ replyTo, buttons }) => replyTo === reply.id && buttons.includes("Abbrechen"));
  await shown("eine Antwort");
  engine.options.stepMs = 5;
  await mina.post(pictures, `${me} hallo?`);
  await says("eingeschaltetem Ping");
  await mina.post(pictures, me, [await boat()]);
  await says("Was soll sich an dem Bild ändern");
  await sandbox.user("theo").reply(first, "stumm", { ping: false });
  await says("kann ich nicht lesen");
  const photo = await sandbox.user("theo").post(pictures, "mein Bild", [await boat()]);
  await mina.reply(photo, `${me} mit Hut`);
  await says("sehe ich kein Bild");

  const apps = await (await mina.menu(photo, "Edit this image")).expectModal();
  await fill(mina, apps, { instruction: "über das Menü" });
  await settled(await shown("über das Menü"));
  await answer(mina.menu(first, "Download edits"));
  await answer(mina.click(first, "Löschen"));
  await answer(olive.click(second, "Löschen"));
  await mina.directMessages().expectMessage(({ text }) => text.includes("Moderation"));
});

it("refuses in German, too", async () => {
  const { sandbox, pictures } = world;
  const words = { name: "brief.png", bytes: Buffer.from("kein Bild, nur Worte") };
  for (const [image, rest] of [
    [words, {}],
    [{ name: "leer.png", bytes: Buffer.alloc(0) }, {}],
    [{ name: "riesig.png", bytes: await plainPng(4_000, 4_000) }, {}],
    [await boat(), { task: "quatsch" }],
  ] as const) {
    await slash(mina, "edit", { image, instruction: "bitte", ...rest });
  }
  engine.options.isEdit = 0.01;
  await (await edit("danke schön")).expectReply(({ text }) => text.includes("keine Bearbeitung"));
  engine.options.isEdit = 0.99;
  engine.options.failures = 3;
  await (await edit("das geht schief")).expectReply(({ text }) => text.includes("fehlgeschlagen"), {
    timeoutMs: 30_000,
  });
  await slash(mina, "history", { message: "kein Link" });
  await slash(mina, "cancel", { edit: "12345" });
  const talk = await mina.post(pictures, "nur so");
  await answer(mina.menu(talk, "Download edits"));
  const empty = await (await mina.menu(talk, "Edit this image")).expectModal();
  await fill(mina, empty, { instruction: "etwas" });
  await edit("zum Zurücknehmen");
  const result = await settled(await shown("zum Zurücknehmen"));
  await answer(sandbox.user("theo").click(result, "Rückgängig"));
  pictures.deny("bot", "AttachFiles");
  await answer(edit("ohne Dateien"));
  pictures.resetPermissions();
});

it("shows and changes the settings", async () => {
  await slash(olive, "settings show");
  await slash(olive, "settings set", { steps: 4, "edits-per-day": 1, megapixels: 1 });
  const used = await edit("noch eine");
  await used.expectReply(({ text }) => text.includes("24 Stunden"));
  await slash(olive, "settings set", { "allow-channel": world.sandbox.channel("lounge").id });
  await answer(edit("am falschen Ort"));
  await slash(olive, "settings reset");
  await slash(olive, "settings set", { language: "server" });
});

it("learns a task, from the form to its deletion", async () => {
  const { pictures } = world;
  const pair = async (i: number) => [
    { name: `${i}-vorher.png`, bytes: await plainPng(20, 20, `#${i}04060`) },
    { name: `${i}-nachher.png`, bytes: await plainPng(20, 20, `#${i}0a060`) },
  ];
  await slash(olive, "task list");
  const form = await (await olive.slash(pictures, "task create")).expectModal();
  const values = {
    name: "punkte",
    description: "Macht Punkte",
    instructions: "put dots on it",
    pictures: await pair(1),
  };
  await fill(olive, form, values);
  const same = await (await olive.slash(pictures, "task create")).expectModal();
  await fill(olive, same, values);
  const odd = await (await olive.slash(pictures, "task create")).expectModal();
  await fill(olive, odd, { ...values, name: "mehr", pictures: (await pair(2)).slice(1) });
  const examples = await slash(olive, "task examples", { task: "punkte" });
  const more = await (await olive.click(examples, "Mehr hinzufügen")).expectModal();
  await fill(olive, more, { instructions: "put dots on it", pictures: await pair(3) });
  await edit("als Beispiel");
  await answer(olive.menu(await settled(await shown("als Beispiel")), "Add as example"));
  await olive.autocomplete(pictures, "task train", "task", { task: "" });
  engine.options.learnStepMs = 150;
  await slash(olive, "task train", { task: "punkte", steps: 8, vectors: 2 });
  const training = await says("von 8");
  await answer(olive.click(training, "Abbrechen"));
  await training.expect(({ text }) => text.includes("abgebrochen"));
  engine.options.learnStepMs = 5;
  await slash(olive, "task train", { task: "punkte" });
  const learned = await pictures.expectMessage(({ buttons }) => buttons.includes("Veröffentlichen"));
  await slash(olive, "task train", { task: "punkte" });
  await answer(olive.click(learned, "Veröffentlichen"));
  await mina.autocomplete(pictures, "edit", "task", { task: "" });
  for (const [name, options] of [
    ["show", { task: "punkte" }],
    ["share", { task: "punkte" }],
    ["share", { task: "punkte", what: "examples" }],
    ["rename", { task: "punkte", name: "tupfen" }],
    ["cancel", { task: "tupfen" }],
    ["list", {}],
  ] as const) {
    await slash(olive, `task ${name}`, options);
  }
  await slash(olive, "task import", { file: { name: "x.safetensors", bytes: Buffer.from("nichts") } });
  await answer(olive.click(learned, "Zurückziehen"));
  const sure = await slash(olive, "task delete", { task: "tupfen" });
  await answer(olive.click(sure, "Löschen"));
});

it("deletes what somebody asked for", async () => {
  const sure = await slash(mina, "privacy delete-my-data");
  const done = await answer(mina.click(sure, "Alles löschen"));
  expect(done.text).toContain("Gelöscht");
});

it("has said nothing in English", () => {
  const [english, german] = [flatTexts(en), flatTexts(de)].map((texts) =>
    [...texts.values()].flatMap((text) => text.split(HOLE).map((part) => part.trim())),
  ) as [string[], string[]];
  const inGerman = german.join("\n");
  const telling = [...new Set(english)].filter((part) => /[A-Za-z]{3}/.test(part) && !inGerman.includes(part));
  const sentences = telling.filter((part) => /[a-z]\W+[a-z]/i.test(part) && part.length > 7);
  const words = new Set(telling);
  expect([sentences.length > 200, said.size > 150]).toEqual([true, true]);
  for (const each of said) {
    expect([each, words.has(each) ? "is English" : ""]).toEqual([each, ""]);
    for (const part of sentences) expect([each, each.includes(part) ? part : ""]).toEqual([each, ""]);
  }
});
