import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { startSandbox } from "../../sandbox/index.ts";
import { freePort } from "../../src/queue/redisServer.ts";
import { isAlive, tinyModel, tinyPredictor } from "../engine/support.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";

const MAIN = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const SLOW = 120_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

/** `emend start` with a data folder of its own. */
async function start(args: string[], env: Record<string, string> = {}): Promise<Started> {
  const home = await mkdtemp(join(tmpdir(), "emend-start-"));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, "start", ...args], {
    env: {
      PATH: process.env.PATH,
      EMEND_HOME: home,
      EMEND_MODEL: tinyModel,
      EMEND_PREDICTOR: tinyPredictor,
      EMEND_DEVICE: "cpu",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data));
  child.stderr.on("data", (data: Buffer) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  closers.push(async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return { child, ended, output: () => output };
}

/** All processes below this one. */
function descendants(pid: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => pairs.filter(([, p]) => p === parent).flatMap(([p]) => [p, ...below(p)]);
  return below(pid);
}

it(
  "starts everything, prints one address that works, and leaves nothing behind on SIGINT",
  async () => {
    const port = await freePort();
    const { child, ended, output } = await start(["--port", String(port)]);
    const ready = `emend is ready: open http://127.0.0.1:${port}`;
    await waitFor(() => output().includes(ready) || child.exitCode !== null, "the line", SLOW);
    expect(output()).toContain(ready);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    const below = descendants(child.pid ?? 0);
    expect(below.length).toBeGreaterThanOrEqual(2); // worker and engine, and Redis where there is one
    child.kill("SIGINT");
    child.kill("SIGINT"); // a terminal and the launcher both send one
    expect(await ended).toBe(0);
    await waitFor(() => below.every((pid) => !isAlive(pid)), "the children to end");
    expect(output()).not.toMatch(/redis:\/\//);
  },
  SLOW,
);

it(
  "runs against the Discord that the environment names, and edits with the real engine",
  async () => {
    const sandbox = await startSandbox({ page: false, log: () => undefined });
    closers.push(() => sandbox.close());
    const { child, ended, output } = await start([], {
      ...{ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, DISCORD_CDN_URL: sandbox.cdnUrl },
    });
    await waitFor(() => output().includes("emend is ready") || child.exitCode !== null, "the line", SLOW);
    expect(output()).toContain("emend is ready: emend is on Discord (servers: 1)");
    const channel = sandbox.channel("pictures");
    const image = { name: "a.png", bytes: await plainPng(48, 32) };
    await sandbox.member.slash(channel, "edit", { image, instruction: "make the boat red", steps: 3 });
    const result = await channel.expectMessage(({ images }) => images.length === 2, { timeoutMs: 60_000 });
    expect(result.images[1]).toMatchObject({ contentType: "image/png", width: 48, height: 32 });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output()).not.toContain(sandbox.token);
    expect(sandbox.unknownRoutes).toEqual([]);
  },
  SLOW,
);

it(
  "works without a redis-server, says what that means, and leaves nothing behind when it is killed",
  async () => {
    const { child, output } = await start(["--port", String(await freePort())], { PATH: "/nonexistent" });
    await waitFor(() => output().includes("emend is ready") || child.exitCode !== null, "the line", SLOW);
    expect(output()).toContain("no redis-server found: the queue lives in this process and is lost when it ends");
    const below = descendants(child.pid ?? 0);
    child.kill("SIGKILL");
    await waitFor(() => below.every((pid) => !isAlive(pid)), "the children to end", 40_000);
  },
  SLOW,
);

it(
  "says in one line what is wrong, and ends with 2",
  async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    closers.push(() => busy.close());
    await new Promise((resolve) => busy.once("listening", resolve));
    const { port } = busy.address() as { port: number };
    const taken = await start(["--port", String(port)]);
    const model = await start(["--port", String(await freePort())], { EMEND_MODEL: "/nowhere" });
    const settings = await start([], { EMEND_MAX_PIXELS: "many", DISCORD_API_URL: "gopher://x" });
    expect(await taken.ended).toBe(2);
    expect(taken.output()).toContain(`emend: port ${port} is taken; choose a free one with --port\n`);
    expect(await model.ended).toBe(2);
    expect(model.output()).toContain("emend: /nowhere: there is no such checkpoint folder or file\n");
    expect(await settings.ended).toBe(2);
    expect(settings.output()).toMatch(
      /^emend: wrong settings in the environment: DISCORD_API_URL: .*; EMEND_MAX_PIXELS: .*\n$/,
    );
    for (const { output } of [taken, model, settings]) expect(output()).not.toContain("    at ");
  },
  SLOW,
);
