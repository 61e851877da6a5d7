import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, realpath, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { derivedFile } from "../../gpu-worker/derived/derivedFile.ts";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { HubServer } from "../hub/HubServer.ts";
import { id, unet } from "../hub/testHub.ts";
import { tinyFolder, tinyRepository } from "../hub/tinyRepository.ts";
import { gradient } from "../image/pictures.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const flags = ["--disable-warning=ExperimentalWarning", main];

let hub: HubServer;
let folder: string;
let env: NodeJS.ProcessEnv;
let cache: string;

beforeAll(async () => {
  hub = await HubServer.start();
  folder = await mkdtemp(join(tmpdir(), "emend-model-"));
  await writeFile(join(folder, "boat.png"), await encodePng(gradient(50, 34)));
});

afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

let caches = 0;
beforeEach(() => {
  cache = join(folder, `cache-${caches++}`);
  hub.add(id, tinyRepository());
  hub.requests.length = 0;
  hub.faults.cut = undefined;
  hub.faults.pause = undefined;
  env = {
    ...process.env,
    ...{
      HF_ENDPOINT: hub.endpoint,
      HF_HUB_CACHE: cache,
      HF_HOME: join(folder, "hf"),
      HF_TOKEN: "",
      HF_HUB_OFFLINE: "",
    },
    ...{ EMEND_MODEL: "", EMEND_DEVICE: "cpu", EMEND_HOME: join(folder, "home") },
  };
});

/** Runs the real command in the test's folder. */
function emend(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  execFile(process.execPath, [...flags, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
    resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
  });
  return promise;
}

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [...flags, ...args], { cwd: folder, env, stdio: "ignore" });

describe("emend model", { timeout: 120_000 }, () => {
  it("pulls, shows, checks, edits with and removes a model by its name", async () => {
    const pulled = await emend("model", "pull", id);
    expect(pulled).toMatchObject({ code: 0, stdout: expect.stringMatching(/snapshots\/[0-9a-f]{40}\n$/) });
    expect(pulled.stderr).toMatch(/^someone\/tiny-pix2pix at main \([0-9a-f]{7}\): 750 KB in 12 files\n/);
    expect(pulled.stderr).toMatch(/unet +420 KB +diffusion_pytorch_model.safetensors/);
    expect(pulled.stderr).toMatch(/fetched 100 %: 750 KB of 750 KB\n.*use it: EMEND_MODEL=someone\/tiny-pix2pix\n$/);

    const listed = await emend("model", "list");
    expect(listed.stdout).toMatch(
      /^mini .*emend {2}\(bundled\)\nsomeone\/tiny-pix2pix {2}750 KB {2}InstructPix2Pix {2}\(main, /,
    );
    const { stdout: info } = await emend("model", "info", id);
    expect(info).toMatch(/licence +mit\n/);
    expect(info).toMatch(/tasks +instructions alone/);
    expect(info).toMatch(/memory +about .* \(estimate: /);
    const checked = await emend("model", "check", id);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining("12 files have the right hash") });

    const edited = await emend("edit", "boat.png", "make it night", "--model", id, "--steps", "1", "--json");
    expect(JSON.parse(edited.stdout)).toMatchObject({ model: id });
    const removed = await emend("model", "remove", id);
    expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining("750 KB are free again") });
    expect(await readdir(cache)).toEqual([]);
  });

  it("removes with a model what was made from it, and counts that", async () => {
    const { folder: path, bytes } = JSON.parse((await emend("model", "pull", id, "--json")).stdout);
    const source = await realpath(join(path, unet));
    const made = { sources: [source], name: "copy", label: "a copy", size: 1e6, folder: join(folder, "home/weights") };
    const file = await derivedFile(made, (handle) => handle.writeFile(Buffer.alloc(1e6)));
    const { freed } = JSON.parse((await emend("model", "remove", id, "--json")).stdout);
    expect(freed).toBeGreaterThanOrEqual(bytes + 1e6);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("prints one JSON object each with --json, and nothing else", async () => {
    const pulled = await emend("model", "pull", id, "--json");
    const { commit, bytes, transferred, files } = JSON.parse(pulled.stdout);
    expect(transferred).toBe(bytes);
    expect(files).toContainEqual({ path: unet, size: 418_008 });
    expect(pulled.stderr.replaceAll(/fetched .*\n/g, "")).toBe("");
    const listed = (await emend("model", "list", "--json")).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(listed).toMatchObject([
      { id: "mini", bundled: true },
      { id, commit, bundled: false, bytes },
    ]);
    expect(JSON.parse((await emend("model", "info", id, "--json")).stdout)).toMatchObject({ name: id, inChannels: 8 });
    const checked = JSON.parse((await emend("model", "check", id, "--json")).stdout);
    expect(checked).toMatchObject({ name: id, ok: true, files: 12, hashed: 12 });
    expect(JSON.parse((await emend("model", "remove", id, "--json")).stdout)).toMatchObject({ id, commits: [commit] });
  });

  it("goes on after it was killed, and after Ctrl-C", async () => {
    hub.faults.pause = { path: unet, after: 200_000, milliseconds: 60_000 };
    const sent = () => hub.requests.some(({ url, sent }) => url.includes("path=unet") && sent >= 200_000);
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      hub.requests.length = 0;
      const child = start("model", "pull", id);
      while (!sent()) await sleep(20);
      await sleep(200);
      child.kill(signal);
      const [code] = await once(child, "exit");
      if (signal === "SIGINT") expect(code).toBe(130);
    }
    hub.faults.pause = undefined;
    hub.requests.length = 0;
    const last = await emend("model", "pull", id, "--json");
    expect(last.code).toBe(0);
    expect(hub.requests.find(({ origin, url }) => origin === "store" && url.includes("path=unet"))?.range).toMatch(
      /^bytes=/,
    );
    expect((await emend("model", "check", id)).code).toBe(0);
  });

  it("tells of the model that emend would use when none is named", async () => {
    expect((await emend("model", "info")).stdout).toMatch(/^name +mini\n/);
    expect((await emend("model", "check")).stdout).toMatch(/^mini is whole: it opens, no hashes are known/);
  });

  it("finds damage", async () => {
    await emend("model", "pull", id);
    const largest = await blobs().then((all) => all.sort((a, b) => b.size - a.size)[0]!);
    await truncate(largest.file, 1000);
    expect(await emend("model", "check", id)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^emend: .*unet\/.* is damaged.*; fetch again .* --verify\.\n$/m),
    });
    expect((await emend("model", "pull", id, "--verify")).code).toBe(0);
    expect((await emend("model", "check", id)).code).toBe(0);
  });

  it("finds damage in a folder by opening it", async () => {
    await cp(tinyFolder, join(folder, "cut"), { recursive: true });
    await truncate(join(folder, "cut", unet), 40_000);
    expect(await emend("model", "check", "./cut")).toMatchObject({ code: 2, stderr: expect.stringContaining(unet) });
  });

  it.each([
    [["pull", "no-owner"], /is no model's name/],
    [["pull", "../../etc/passwd"], /is no model's name/],
    [["pull", `${id}@v1`, "--revision", "v2"], /revision is given twice/],
    [["pull", id, "--revision", "../v2"], /--revision: .* is no name of a branch/],
    [["pull", id, "--variant", "../x"], /--variant is one word/],
    [["pull", "someone/nothing"], /there is no such model/],
    [["pull", id, "--file", "none.ckpt"], /has no checkpoint file none.ckpt; it has tiny-00-22000.ckpt \(3 MB\)/],
    [["remove", "someone/nothing"], /someone\/nothing is not in .*; see emend model list/],
    [["remove", "../outside"], /is no model's name/],
    [["info", "someone/nothing"], /run: emend model pull someone\/nothing/],
    [["check", "./nowhere"], /there is no such checkpoint/],
  ])("refuses %j with one line and exit code 2", async (args, line) => {
    const { code, stdout, stderr } = await emend("model", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("says offline what is there and what is not", async () => {
    env.HF_HUB_OFFLINE = "1";
    expect(await emend("model", "pull", id)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("HF_HUB_OFFLINE"),
    });
    expect(hub.requests).toEqual([]);
  });
});

async function blobs(): Promise<{ file: string; size: number }[]> {
  const at = join(cache, "models--someone--tiny-pix2pix/blobs");
  const files = (await readdir(at)).map((name) => join(at, name));
  return Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })));
}
