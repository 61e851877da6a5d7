import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, openPage } from "../sandbox/support/browser.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

describe.skipIf(!hasChromium())("a result on the local page", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(undefined, { page: true });
    await world.startWorker(new TintEngine({ second: 0.4 }));
    await world.startBot();
    await world.sandbox.expectCommand("edit");
  });
  afterAll(() => world.close());

  it("has the menu to redo it, which makes another result", async () => {
    const page = await openPage(world.sandbox.url);
    const image = { name: "boat.png", bytes: await plainPng(40, 30) };
    await world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "a gray sky", seed: 4 });
    const results = page.getByRole("article").filter({ hasText: "a gray sky" });
    const menu = results.first().getByLabel("Redo as …");
    await menu.waitFor();
    expect(await menu.locator("option:not([disabled])").allTextContents()).toEqual([
      "texture — 60 % · Change colour, material or pattern",
      "add — 40 % · Add something",
      "remove — Remove something",
    ]);
    await menu.selectOption("add");
    await page.getByRole("article").getByText("add · seed 4").waitFor();
    await page.getByRole("article").getByText("✅ Done").waitFor(); // in private
  });
});
