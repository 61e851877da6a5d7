import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, openPage } from "../sandbox/support/browser.ts";
import { TeachEngine } from "../worker/TeachEngine.ts";
import { startWorld, type World } from "./startWorld.ts";
import { TaskSteps } from "./taskSteps.ts";

describe.skipIf(!hasChromium())("teaching on the local page", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(undefined, { page: true });
    await world.startWorker(new TeachEngine({ learnStepMs: 100, learnSteps: 20 }));
    await world.startBot();
    await world.sandbox.expectCommand("task");
  });
  afterAll(() => world.close());

  it("takes six pictures in one form, shows the training, and publishes what came out", async () => {
    const page = await openPage(world.sandbox.url);
    const send = async (command: string) => {
      await page.locator("#composer").fill(command);
      await page.keyboard.press("Enter");
    };
    await send("/task create");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const form = page.getByRole("dialog", { name: "A new task" });
    await form.getByText("deleting the task deletes them").waitFor();
    await form.getByLabel("Name").fill("polka dots");
    const files = (await new TaskSteps(world).pairs(3)).map(({ name, bytes }) => ({
      ...{ name, mimeType: "image/png", buffer: Buffer.from(bytes) },
    }));
    await form.locator("input[type=file]").setInputFiles(files);
    await form.getByLabel("Instructions").fill("polka dots, please");
    await form.getByRole("button", { name: "Submit" }).click();
    await form.waitFor({ state: "detached" });
    await page.getByRole("article").getByText("Here is").waitFor();

    await send("/task train");
    await page.locator("[data-option=task] input").fill("polka");
    await page.getByRole("option", { name: "polka dots (collecting examples)" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const message = page.getByRole("article").filter({ hasText: /Learning|learned/ });
    await message.getByText(/step \d+ of 20 · about \d+ s left/).waitFor();
    await message.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("article").getByText("is published").waitFor();
    const published = page.getByRole("article").filter({ hasText: "3 examples · 20 steps" });
    await published.getByRole("button", { name: "Take back" }).waitFor();
    expect(await published.getByRole("img", { name: /Examples of polka dots/ }).count()).toBe(1);
  });
});
