import { describe, expect, test } from "vitest";
import { hasChromium, openPage } from "../sandbox/support/browser.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld } from "./startWorld.ts";

describe.skipIf(!hasChromium())("the chat page", () => {
  test("lets a visitor switch to German by keyboard, and commands, forms and answers follow", async () => {
    const world = await startWorld(undefined, { page: true });
    try {
      await world.startWorker(new TintEngine());
      await world.startBot();
      await world.sandbox.expectCommand("help");
      const page = await openPage(world.sandbox.url);
      const button = page.getByRole("button", { name: /^You are Olive/ });
      await button.focus();
      await page.keyboard.press("Enter");
      const choice = page.getByRole("menuitemradio", { name: "Deutsch" });
      await page.locator("[role=menuitemradio]:focus").waitFor();
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.getByText("Owner · DE").waitFor();
      expect(world.sandbox.owner.user.locale).toBe("de");
      await button.click();
      expect(await choice.getAttribute("aria-checked")).toBe("true");
      await page.keyboard.press("Escape");

      await page.locator("#composer").pressSequentially("/hil");
      await page.getByRole("option", { name: /\/hilfe/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByText("Ich bearbeite Bilder nach Anweisung.", { exact: true }).waitFor();
      await page.getByText("/hilfe").first().waitFor();
      await page.locator("#composer").pressSequentially("/bearb");
      await page.keyboard.press("Enter");
      await page.getByRole("textbox", { name: "anweisung" }).waitFor();
      await page.getByRole("button", { name: "schritte" }).waitFor();

      // Somebody else on the same page still reads English.
      const other = await openPage(world.sandbox.url);
      await other.getByRole("button", { name: /^You are Olive/ }).click();
      await other.getByRole("menuitemradio", { name: /Mina/ }).click();
      await other.locator("#composer").pressSequentially("/help");
      await other.getByRole("option", { name: /\/help/ }).waitFor();
    } finally {
      await world.close();
    }
  }, 60_000);
});
