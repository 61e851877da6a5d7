import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, openPage } from "../sandbox/support/browser.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

describe.skipIf(!hasChromium())("looking at a result on the local page", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(undefined, { page: true });
    await world.startWorker(new TintEngine());
    await world.startBot();
    await world.sandbox.expectCommand("history");
  });
  afterAll(() => world.close());

  it("compares it, moves the slider, draws its history and shows a picture of it, by keyboard", async () => {
    const page = await openPage(world.sandbox.url);
    const image = { name: "boat.png", bytes: await plainPng(400, 300) };
    await world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "a gray sky", seed: 4 });
    const result = page.getByRole("article").filter({ hasText: "seed 4" }).first();
    const press = async (name: string) => {
      await result.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
    };

    await press("Compare");
    const comparison = page.getByRole("article").filter({ hasText: "side by side, in turns" });
    const slider = (percent: number) => comparison.getByRole("img", { name: `at ${percent} %` });
    await slider(50).waitFor();
    await comparison.getByRole("img", { name: "In turns, a second each" }).waitFor();
    await comparison.getByText("GIF", { exact: true }).waitFor();
    await comparison.getByRole("button", { name: "90 %", exact: true }).click();
    await slider(90).waitFor();
    expect(await comparison.getByRole("button", { name: "90 %", exact: true }).isDisabled()).toBe(true);

    await world.sandbox.member.reply(
      await world.pictures.expectMessage(({ text }) => text.includes("seed 4")),
      "a red sky",
    );
    const second = page.getByRole("article").filter({ hasText: "a red sky" }).filter({ hasText: "seed" });
    await second.getByRole("button", { name: "Compare" }).click();
    const other = page.getByRole("article").getByLabel("Compare with …");
    await other.focus();
    await other.selectOption("Original");
    await page.getByRole("img", { name: "Left of a line at 50 %: Original. Right of it: 2. a red sky" }).waitFor();
    expect(await other.evaluate((menu) => menu.matches(":focus"))).toBe(true);

    await press("History");
    const history = page.getByRole("article").filter({ hasText: "How this picture came about" });
    await history.getByRole("img", { name: "The marked way: Original → 1. a gray sky" }).waitFor();
    await history.getByText("Only you can see this").waitFor();
    const menu = history.getByLabel("Show a picture …");
    await menu.selectOption("1. a gray sky — texture");
    const shown = page.getByRole("article").filter({ hasText: "In the channel:" });
    await shown.getByRole("button", { name: "Go to #pictures › message" }).click();
    await expect
      .poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')"))
      .toMatch(/^emend, a gray sky texture/);
    expect(await menu.inputValue()).toBe(""); // ready for the next choice
  });
});
