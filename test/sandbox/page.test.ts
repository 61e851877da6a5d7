import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../sandbox/index.ts";
import { hasChromium, openPage } from "./support/browser.ts";
import { startEchoBot } from "./support/echoBot.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

async function upload(page: Page, selector: string, name: string): Promise<void> {
  const { bytes } = await picture(name, { width: 60, height: 40 });
  await page.locator(selector).setInputFiles({ name, mimeType: "image/png", buffer: bytes });
}

/** Opens /echo by typing and fills it in. */
async function echo(page: Page, words: string): Promise<void> {
  await page.locator("#composer").pressSequentially("/ec");
  await page.getByRole("option", { name: /\/echo/ }).waitFor();
  await page.keyboard.press("Enter");
  await upload(page, ".command-form input[type=file]", "boat.png");
  await page.getByLabel("words").fill(words);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

const open = async (phone = false): Promise<{ sandbox: Sandbox; page: Page }> => {
  const sandbox = await openSandbox({ page: true });
  await startEchoBot(sandbox);
  return { sandbox, page: await openPage(sandbox.url, { phone }) };
};

describe.skipIf(!hasChromium())("the chat page", () => {
  test("a picture is posted, /echo is filled in and answered, a button pressed", async () => {
    const { sandbox, page } = await open();
    await upload(page, ".composer > .visually-hidden", "cat.png");
    await page.locator("#composer").fill("my **cat**");
    await page.keyboard.press("Enter");
    await page.getByRole("article").locator("strong", { hasText: "cat" }).waitFor();
    expect(sandbox.messages("pictures")[0]?.images[0]).toMatchObject({ name: "cat.png", width: 60 });

    await echo(page, "a boat");
    const result = page.getByRole("article").filter({ hasText: "used /echo" });
    await result.getByRole("button", { name: "Open picture: a boat" }).click();
    const large = page.getByRole("dialog", { name: "Picture" }).getByRole("img", { name: "a boat" });
    expect(await large.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(60);
    await page.keyboard.press("Escape");
    await result.getByRole("button", { name: "Again" }).click();
    const answer = page.getByRole("article").filter({ hasText: "Pressed." });
    await answer.getByRole("button", { name: "Dismiss message" }).click();
    await answer.waitFor({ state: "detached" });
  });

  test("a message command opens a form, and its private answer is seen by one person only", async () => {
    const { sandbox, page } = await open();
    await sandbox.member.post("pictures", "hello there");
    const message = page.getByRole("article").filter({ hasText: "hello there" });
    await message.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Echo this" }).click();
    const form = page.getByRole("dialog", { name: "Echo this" });
    await form.getByRole("button", { name: "Submit" }).click();
    await form.getByText("This field is required: words.").waitFor();
    await form.getByLabel("Words").fill("hi");
    await form.getByLabel("Words").press("Enter");
    const secret = page.getByRole("article").getByText("You wrote hi.");
    await secret.waitFor();
    await page.getByRole("button", { name: /You are Olive/ }).click();
    await page.getByRole("menuitemradio", { name: /Mina/ }).click();
    await page.getByRole("button", { name: /You are Mina/ }).waitFor();
    await message.waitFor();
    expect(await secret.count()).toBe(0);
    expect(await page.getByRole("button", { name: /^staff/ }).count()).toBe(0);
  });

  test("replies, suggestions by keyboard, and what the page shows of other people's doings", async () => {
    const { sandbox, page } = await open();
    const posted = await sandbox.member.post("pictures", "first");
    const message = page.getByRole("article").filter({ hasText: "first" });
    await message.hover();
    await message.getByRole("button", { name: "Reply" }).click();
    await page.locator("#composer").fill("second");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Reply to Mina: first" }).waitFor();
    expect(sandbox.messages("pictures")[1]?.replyTo).toBe(posted.id);
    await sandbox.member.edit(posted, "first, changed");
    await page.getByText("(edited)").waitFor();
    const { guildId } = sandbox;
    await sandbox.member.post("lounge", `see https://discord.com/channels/${guildId}/${posted.channelId}/${posted.id}`);
    await page.getByRole("button", { name: "lounge, unread" }).click();
    await page.getByRole("button", { name: "Go to #pictures › message" }).click();
    await page.locator(`#message-${posted.id}.is-flashed`).waitFor();

    await page.locator("#composer").pressSequentially("/echo quiet");
    await page.keyboard.press("Enter");
    expect(await page.getByLabel("words").inputValue()).toBe("quiet");
    await page.getByRole("button", { name: "mood" }).click();
    await page.keyboard.type("c");
    await page.getByRole("option", { name: "cheerful" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.getByLabel("mood").inputValue()).toBe("cheerful");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("This option is required.").waitFor();
    await upload(page, ".command-form input[type=file]", "boat.png");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("article").filter({ hasText: "quiet, cheerful" }).waitFor();
  });

  test("without a bot the page says so; the welcome's example waits for it, and one click sends it", async () => {
    const sandbox = await openSandbox({ page: true });
    const page = await openPage(sandbox.url, { phone: true });
    await page.getByText("emend is starting… its commands").waitFor();
    await page.getByRole("button", { name: /make it snow/ }).click();
    await startEchoBot(sandbox);
    expect(await page.getByLabel("words").inputValue()).toBe("make it snow");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("article").filter({ hasText: "make it snow" }).locator("img").first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  test("a command that nobody answers fails in the open and can be tried again", async () => {
    const { sandbox, page } = await open();
    await echo(page, "one");
    await page.getByRole("button", { name: "Again" }).waitFor();
    sandbox.failNext("POST", "/interactions/:id/:token/callback", { status: 500, times: 50 });
    await page.getByRole("button", { name: "Again" }).click();
    await expect.poll(() => sandbox.interactions.length).toBe(2);
    sandbox.advanceClock(30_001);
    await page.getByText("This interaction failed").waitFor();
    await echo(page, "two");
    await expect.poll(() => sandbox.interactions.length).toBe(3);
    sandbox.advanceClock(30_001);
    await page.getByText("The application did not respond.").waitFor();
    sandbox.clearFaults();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("article").filter({ hasText: "two" }).getByRole("button", { name: "Again" }).waitFor();
  });
});

test("the page is served with a policy that allows nothing from elsewhere, and only its own files", async () => {
  const sandbox = await openSandbox({ page: true });
  const index = await fetch(sandbox.url);
  expect(index.headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self'/);
  const status = async (path: string) => (await fetch(sandbox.url + path)).status;
  expect(await status("page/main.js")).toBe(200);
  for (const path of ["page/..%2f..%2fpackage.json", "examples/..%2fpackage.json", "page/.hidden.js", "package.json"]) {
    expect(await status(path)).toBe(404);
  }
});
