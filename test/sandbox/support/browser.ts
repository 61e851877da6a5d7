import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether the page can be tested here. Without Chromium the tests are skipped, loudly; in CI they fail instead. */
export function hasChromium(): boolean {
  if (executablePath) return true;
  if (process.env.CI) throw new Error("no Chromium found, and CI must test the page: install it or set CHROMIUM_PATH");
  console.warn("\n*** No Chromium found: the chat page is NOT tested. Install Chromium or set CHROMIUM_PATH. ***\n");
  return false;
}

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** A fresh page; whatever it writes to the console as an error fails the test. */
export async function openPage(url: string, options: { phone?: boolean } = {}): Promise<Page> {
  browser ??= chromium.launch({ executablePath: executablePath as string, args: ARGS });
  const viewport = options.phone ? { width: 390, height: 800 } : { width: 1280, height: 800 };
  const context = await (await browser).newContext({
    viewport,
    hasTouch: options.phone === true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  onTestFinished(async () => {
    await context.close();
    if (problems.length > 0) throw new Error(`the page complained: ${problems.join(" | ")}`);
  });
  await page.goto(url);
  await page.waitForSelector("body.is-ready");
  return page;
}
