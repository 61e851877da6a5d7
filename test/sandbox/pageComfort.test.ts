import type { Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { hasChromium, openPage } from "./support/browser.ts";
import { startEchoBot } from "./support/echoBot.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

/** Whether words stand inside the window now. */
async function isInView(page: Page, words: string): Promise<boolean> {
  const box = await page.getByText(words, { exact: true }).boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= 800;
}

const themeOf = (page: Page) => page.evaluate("document.documentElement.dataset.theme");

/** WCAG 2.2 contrast of colours of the style sheet. */
const CONTRASTS = `(pairs) => {
  const style = getComputedStyle(document.documentElement);
  const luminance = (name) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const context = canvas.getContext("2d");
    context.fillStyle = name.startsWith("#") ? name : style.getPropertyValue("--" + name).trim();
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return pairs.map(([ink, ground]) => {
    const [low, high] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
    return [ink, ground, (high + 0.05) / (low + 0.05)];
  });
}`;
const PAIRS = [
  ...["main", "side", "raised", "input", "field", "menu", "rail"].flatMap((ground) => [
    ["text", ground],
    ["strong", ground],
    ["muted", ground],
  ]),
  ...["main", "side"].map((ground) => ["faint", ground]),
  ...["main", "side"].map((ground) => ["link", ground]),
  ...["main", "menu"].map((ground) => ["bad-text", ground]),
  ...["button", "button-hover"].map((ground) => ["button-text", ground]),
  ...["brand", "brand-hover", "good-hover", "bad-hover"].map((ground) => ["#fff", ground]),
];

describe.skipIf(!hasChromium())("the chat page is comfortable", () => {
  test("light or dark as the system is, or as somebody chooses, and legible in both", async () => {
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect.poll(() => themeOf(page)).toBe(colorScheme);
      const contrasts = (await page.evaluate(`(${CONTRASTS})(${JSON.stringify(PAIRS)})`)) as [string, string, number][];
      for (const [ink, ground, contrast] of contrasts) {
        expect(contrast, `${ink} on ${ground}, ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    expect(await themeOf(page)).toBe("dark");
    await page.reload();
    await page.waitForSelector("body.is-ready");
    expect(await themeOf(page)).toBe("dark");
    await page.getByRole("button", { name: "Use the light theme" }).click(); // the system's again
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => themeOf(page)).toBe("dark");
  });

  test("messages are walked through, replied to and left with the keyboard", async () => {
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url);
    for (const words of ["first", "second", "third"]) await sandbox.member.post("pictures", words);
    await page.getByRole("article").filter({ hasText: "third" }).waitFor();
    const focused = () =>
      page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id");
    await page.getByRole("group", { name: /^Messages/ }).focus();
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toMatch(/^Mina, third, Today at /);
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toMatch(/^Mina, second, /);
    await page.keyboard.press("Home");
    expect(await focused()).toMatch(/^Mina, first, /);
    await page.keyboard.press("Tab"); // into the message: its buttons
    expect(await focused()).toBe("Reply");
    await page.keyboard.press("Escape");
    expect(await focused()).toMatch(/^Mina, first, /);
    await page.keyboard.press("r");
    await page.getByText("Replying to Mina").waitFor();
    expect(await focused()).toBe("composer");
    await page.keyboard.press("Escape");
    await page.getByText("Replying to Mina").waitFor({ state: "detached" });
    await page.getByRole("group", { name: /^Messages/ }).focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("composer");
  });

  test("what arrives is read out and quoted, also when it is made of components", async () => {
    const sandbox = await openSandbox({ page: true });
    await startEchoBot(sandbox);
    const page = await openPage(sandbox.url);
    await sandbox.member.post("pictures", "hello **there**");
    const announcer = page.locator("#announcer[aria-live=polite]");
    await announcer.getByText("Mina: hello there").waitFor({ state: "attached" });
    await sandbox.expectCommand("echo");
    await sandbox.member.slash("pictures", "echo", { image: await picture(), words: "a fine boat" });
    await announcer.getByText("emend: a fine boat").waitFor({ state: "attached" });

    const [result] = sandbox.messages("pictures").filter(({ author }) => author === "emend");
    if (result) await sandbox.member.reply(result, "thanks");
    await page.getByRole("button", { name: "Reply to emend: a fine boat", exact: true }).waitFor();
  });

  test("a picture that moves stands still for people who want that, until they look at it", async () => {
    const frames = await Promise.all(
      ["#ff0000", "#0000ff"].map((background) =>
        sharp({ create: { width: 40, height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url); // with less motion wanted
    await sandbox.member.post("pictures", "look", [{ name: "blink.gif", bytes }]);
    const still = page.locator(".picture canvas.still");
    await still.waitFor();
    const [red, , blue] = (await still.evaluate((canvas) =>
      Array.from(
        (
          canvas as unknown as {
            getContext(kind: "2d"): { getImageData(...box: number[]): { data: Iterable<number> } };
          }
        )
          .getContext("2d")
          .getImageData(5, 5, 1, 1).data,
      ),
    )) as number[];
    expect([red, blue]).toEqual([255, 0]);
    await page.getByRole("button", { name: "Open picture" }).focus();
    expect(await still.isVisible()).toBe(false);
    await page.locator("#composer").focus();
    expect(await still.isVisible()).toBe(true);

    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.reload();
    await page.getByRole("button", { name: "Open picture" }).locator("img").waitFor();
    expect(await still.count()).toBe(0);
  });

  test("a private answer comes into view, wherever the reader stands", async () => {
    const sandbox = await openSandbox({ page: true });
    await startEchoBot(sandbox);
    const page = await openPage(sandbox.url);
    await sandbox.expectCommand("echo");
    await sandbox.user("olive").slash("pictures", "echo", { image: await picture(), words: "press below" });
    const again = page.getByRole("button", { name: "Again" });
    await again.waitFor();
    await sandbox.member.post("pictures", "much to read\n".repeat(60));
    await sandbox.member.post("pictures", "the end");
    await page.getByText("the end", { exact: true }).waitFor();
    await again.scrollIntoViewIfNeeded();
    expect(await isInView(page, "the end")).toBe(false);
    await again.click();
    await expect.poll(() => isInView(page, "Pressed.")).toBe(true);
  });

  test("a link to a message that is gone says so", async () => {
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url);
    const posted = await sandbox.member.post("pictures", "soon gone");
    await page.getByText("soon gone", { exact: true }).waitFor();
    const link = `https://discord.com/channels/${sandbox.guildId}/${posted.channelId}/${posted.id}`;
    await sandbox.member.post("pictures", `see ${link}`);
    sandbox.member.delete(posted);
    await page.getByRole("button", { name: "Go to #pictures › message" }).click();
    await page.getByText("That message is no longer there.").waitFor();
  });

  test("people have pictures of their own, the same wherever they stand and after a reload", async () => {
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url);
    await sandbox.member.post("pictures", "from Mina");
    await sandbox.user("theo").post("pictures", "from Theo");
    const drawn = async (words: string) => {
      const picture = page.getByRole("article").filter({ hasText: words }).locator("svg.avatar").first();
      expect(await picture.getAttribute("aria-hidden")).toBe("true"); // the name stands beside it
      return picture.innerHTML();
    };
    const [mina, theo] = [await drawn("from Mina"), await drawn("from Theo")];
    expect(mina).not.toBe(theo);
    const inList = page
      .getByRole("complementary", { name: "Members" })
      .getByRole("listitem")
      .filter({ hasText: "Mina" });
    expect(await inList.locator("svg.avatar").innerHTML()).toBe(mina);
    await page.reload();
    expect(await drawn("from Mina")).toBe(mina);
  });
});
