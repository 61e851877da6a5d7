import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { MessageHandle, Person } from "../../sandbox/index.ts";
import type { Locale } from "../../sandbox/server/state/locales.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

// Whole stories: a busy machine needs longer than the usual 30 s.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let mina: Person;
let ada: Person;
let role: string;
const engine = new TintEngine();
beforeAll(async () => {
  world = await startWorld();
  const { sandbox } = world;
  mina = sandbox.member;
  ada = sandbox.addUser("ada", { permissions: 1n << 13n }); // Manage Messages
  role = [...([...sandbox.state.guilds.values()][0]?.roles.keys() ?? [])][1] ?? "";
  // Whatever it may do, it must not.
  world.pictures.allow("bot", "MentionEveryone");
  await world.startWorker(engine);
  await world.startBot();
  await sandbox.expectCommand("edit");
});
afterAll(() => world.close());

/** Everything that the bot ever sent, private and deleted messages included. */
const sent = () =>
  [...world.sandbox.state.messages.values()].filter(({ authorId }) => authorId === world.sandbox.state.botId);

/** Instructions that try to ping: mentions of all kinds among formatting, words and odd characters. */
const noisy = () =>
  fc
    .array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom("@everyone", "@here", `<@${mina.id}>`, `<@!${ada.id}>`, `<@&${role}>`),
        },
        {
          weight: 2,
          arbitrary: fc.constantFrom("**", "`", "```", "||", "> ", "# ", "\\", "[x](", ")", "<", "\u200b", "~~"),
        },
        { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }) },
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join(" ").trim());

it("takes notice of a message that would ping, so that the tests below can fail", async () => {
  const { sandbox, pictures } = world;
  sandbox.owner.post(pictures, `@everyone <@${mina.id}> <@&${role}>`);
  const loud = await pictures.expectMessage(({ author }) => author === "olive");
  expect([loud.raw.mention_everyone, loud.stored.mentions, loud.raw.mention_roles]).toEqual([true, [mina.id], [role]]);
});

it.each(["en-US", "de"] as const)(
  "pings nobody, whatever an instruction says, on any card, in %s",
  async (locale: Locale) => {
    const { sandbox, pictures } = world;
    const turns = new TurnStore(await world.redis.commands(), world.prefix);
    sandbox.setGuildLocale(locale);
    for (const person of [mina, ada]) person.setLocale(locale);
    const words =
      locale === "de"
        ? { undo: "Rückgängig", compare: "Vergleichen", history: "Verlauf", delete: "Löschen", cancel: "Abbrechen" }
        : { undo: "Undo", compare: "Compare", history: "History", delete: "Delete", cancel: "Cancel" };
    const image = { name: "boat.png", bytes: await plainPng(40, 30) };
    let last: MessageHandle | undefined;
    const next = async (): Promise<MessageHandle> => {
      const after = last ? { after: last } : {};
      last = await pictures.expectMessage(({ author, images }) => author === "emend" && images.length === 2, after);
      await waitFor(() => turns.byMessage(last?.id ?? ""), "the turn of a message");
      return last;
    };
    await fc.assert(
      fc.asyncProperty(noisy(), async (noise) => {
        await mina.slash(pictures, "edit", { image, instruction: `x ${noise}` });
        const first = await next();
        const said = await mina.reply(first, `y ${noise}`);
        const second = await next();
        expect(second.replyTo).toBe(said.id);
        for (const label of [words.compare, words.history, words.undo]) {
          await (await mina.click(second, label)).expectReply();
        }
        await (await ada.click(first, words.delete)).expectReply();
        for (const { mentions, mentionsEveryone, mentionedRoles } of sent()) {
          expect([mentions, mentionsEveryone, mentionedRoles]).toEqual([[], false, []]);
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
    // Progress and refusals below a message, and suggestions, are made of the same words.
    engine.options.stepMs = 400;
    const slow = await mina.post(pictures, `<@${sandbox.applicationId}> z @everyone <@${ada.id}> <@&${role}>`, [image]);
    const progress = await pictures.expectMessage(
      ({ replyTo, buttons }) => replyTo === slow.id && buttons.includes(words.cancel),
    );
    await (await ada.click(progress, words.cancel)).expectReply();
    await progress.expectDeleted();
    engine.options.stepMs = 1;
    for (const { mentions, mentionsEveryone, mentionedRoles } of sent()) {
      expect([mentions, mentionsEveryone, mentionedRoles]).toEqual([[], false, []]);
    }
    expect(sandbox.unknownRoutes).toEqual([]);
  },
);
