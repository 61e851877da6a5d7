import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { findRedisServer } from "../../src/queue/redisServer.ts";
import { waitFor } from "../queue/waitFor.ts";
import { hasChromium, openPage } from "../sandbox/support/browser.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

const STORY = 180_000;

/** The whole conversation as somebody has it at the page: every click and key is the browser's. */
class Reader {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The message that shows the result of an instruction. */
  card(instruction: string): Locator {
    return this.#page
      .getByRole("article")
      .filter({ has: this.#page.getByText(instruction, { exact: true }) })
      .filter({ has: this.#page.getByRole("button", { name: "History" }) });
  }

  async reply(instruction: string, next: string): Promise<void> {
    const card = this.card(instruction);
    await card.hover();
    await card.getByRole("button", { name: "Reply", exact: true }).click();
    await this.#page.locator("#composer").fill(next);
    await this.#page.keyboard.press("Enter");
    await this.card(next).waitFor();
  }

  async press(instruction: string, button: string): Promise<void> {
    await this.card(instruction).getByRole("button", { name: button, exact: true }).click();
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.#page.locator("#composer").waitFor();
  }
}

describe.skipIf(!hasChromium() || findRedisServer() === undefined)("a conversation on the local page", () => {
  let world: World;
  const engine = new TintEngine({ stepMs: 5 });
  beforeAll(async () => {
    world = await startWorld(undefined, { page: true });
  });
  afterAll(() => world.close());

  it(
    "goes on through replies, a branch, undo, compare, history and delete, and through a restart of everything",
    async () => {
      const { sandbox, pictures } = world;
      let worker = await world.startWorker(engine);
      let bot = await world.startBot();
      await sandbox.expectCommand("history");
      const page = await openPage(sandbox.url);
      const reader = new Reader(page);

      // 1. A picture, and two replies in a row
      const image = { name: "boat.png", bytes: await plainPng(60, 40) };
      await sandbox.owner.slash(pictures, "edit", { image, instruction: "a gray sky", seed: 4 });
      await reader.card("a gray sky").waitFor();
      await reader.reply("a gray sky", "a red boat");
      await reader.reply("a red boat", "some snow");

      // 2. Every process ends and comes back; Redis is killed
      await bot.close();
      await worker.stop();
      const redis = await world.redis.commands();
      await new Promise((resolve) => setTimeout(resolve, 1_200)); // appendfsync everysec
      process.kill(Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]), "SIGKILL");
      await waitFor(
        () =>
          redis.ping().then(
            () => true,
            () => false,
          ),
        "Redis to come back",
      );
      worker = await world.startWorker(engine);
      bot = await world.startBot();
      await reader.reload();

      // 3. A branch from the first result
      await reader.reply("a gray sky", "a green boat");
      const turns = new TurnStore(redis, world.prefix);
      const turnOf = async (instruction: string) => {
        const message = await pictures.expectMessage(
          ({ author, text }) => author === "emend" && text.includes(`**${instruction}**`),
        );
        return waitFor(() => turns.byMessage(message.id), "the turn of a message");
      };
      const [first, red, snow, green] = await Promise.all(
        ["a gray sky", "a red boat", "some snow", "a green boat"].map(turnOf),
      );
      expect([first!.parent, red!.parent, snow!.parent, green!.parent]).toEqual([null, first!.id, red!.id, first!.id]);
      expect(new Set([first, red, snow, green].map((turn) => turn!.tree))).toEqual(new Set([first!.tree]));

      // 4. Undo and bring back, in the message itself
      await reader.press("some snow", "Undo");
      await reader.card("some snow").getByRole("button", { name: "Bring back" }).waitFor();
      await reader.reload();
      await reader.press("some snow", "Bring back");
      await reader.card("some snow").getByRole("button", { name: "Undo" }).waitFor();

      // 5. Compare and History answer in private, with pictures
      await reader.press("a red boat", "Compare");
      await page.getByText("Side by side, in turns, and split by a line", { exact: true }).waitFor();
      await reader.press("a red boat", "History");
      const tree = page.getByAltText(/tree of 4 edits/i);
      await tree.first().waitFor();

      // 6. Delete: that result goes, its sisters stay
      await reader.press("a green boat", "Delete");
      await reader.card("a green boat").waitFor({ state: "detached" });
      await waitFor(async () => (await turns.get(green!.id)) === undefined, "the data to go, too");
      await reader.reload();
      for (const instruction of ["a gray sky", "a red boat", "some snow"]) await reader.card(instruction).waitFor();
      expect(await reader.card("a green boat").count()).toBe(0);
      expect(engine.edits).toHaveLength(4);
      expect(sandbox.unknownRoutes).toEqual([]);
    },
    STORY,
  );
});
