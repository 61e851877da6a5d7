import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { pullModel } from "../../gpu-worker/checkpoint/hub/pullModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { fileOf, filesBelow } from "./HubRepositoryStore.ts";
import { id, testHub, unet } from "./testHub.ts";
import { tinyFolder, tinyRepository } from "./tinyRepository.ts";

const sizeOf = (path: string): number => tinyRepository().find((file) => file.path === path)!.size;
const shaOf = (path: string): string => tinyRepository().find((file) => file.path === path)!.lfs!;

describe("pulling a model", () => {
  it("fetches what is needed, and nothing else", async () => {
    const { hub, pull } = await testHub();
    const { folder, commit, bytes, transferred } = await pull();
    const found = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name)).sort();
    const wanted = filesBelow(tinyFolder).map(({ path }) => path);
    expect(found).toEqual([...wanted, "README.md"].sort());
    expect(commit).toBe(hub.add(id, tinyRepository()));
    expect(transferred).toBe(bytes);
    expect(hub.requests.some(({ url }) => url.includes("ckpt"))).toBe(false);
  });

  it("gives a folder of links that the engine opens", async () => {
    const { pull } = await testHub();
    const { folder } = await pull();
    const model = await openEditModel(folder, { device: "cpu" });
    expect(model.name).toBe(id);
    await model.close();
  });

  it("fetches nothing a second time", async () => {
    const { hub, pull } = await testHub();
    await pull();
    hub.takeSent();
    const again = await pull();
    expect(again.transferred).toBe(0);
    const small = sizeOf("model_index.json") + sizeOf("unet/config.json"); // read to know what it is
    expect(hub.takeSent()).toBe(small);
  });

  it("fetches only what a new commit changes, and moves the branch", async () => {
    const { hub, pull, settings } = await testHub();
    const first = await pull();
    const changed = tinyRepository().filter(({ path }) => path !== "README.md");
    const commit = hub.add(id, [...changed, fileOf("README.md", "# Better\n")]);
    const second = await pull();
    expect(second.commit).toBe(commit);
    expect(second.transferred).toBe("# Better\n".length);
    expect(existsSync(first.folder)).toBe(true);
    const ref = join(settings.cache, "models--someone--tiny-pix2pix/refs/main");
    expect(await readFile(ref, "utf8")).toBe(commit);
  });

  it("takes branches, tags and commits", async () => {
    const { hub, pull } = await testHub();
    const commit = hub.add(id, [...tinyRepository(), fileOf("LICENSE", "MIT")], { branch: "refs/pr/1" });
    expect((await pull({ revision: "refs/pr/1" })).commit).toBe(commit);
    expect((await pull({ revision: commit })).commit).toBe(commit);
  });

  it("says before what it will fetch", async () => {
    const { hub, pull } = await testHub();
    let told: number[] = [];
    const { bytes, transferred } = await pull({
      dryRun: true,
      onPlan: (plan, missing) => (told = [plan.bytes, missing]),
    });
    expect(told).toEqual([bytes, bytes]);
    expect(transferred).toBe(0);
    expect(hub.requests.some(({ url }) => url.includes("safetensors"))).toBe(false);
  });

  it("tells progress that ends at the whole", async () => {
    const { pull } = await testHub();
    const seen: [number, number][] = [];
    const { bytes } = await pull({ onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.at(-1)).toEqual([bytes, bytes]);
    expect(seen.every(([done], i) => i === 0 || done >= seen[i - 1]![0])).toBe(true);
  });
});

describe("an interrupted pull", () => {
  it("goes on where it stopped, twice, and every byte comes once", async () => {
    const { hub, pull, settings } = await testHub();
    const only = { connection: { retries: 0 } };
    for (const times of [1, 2]) {
      const settled = () => partialHas(settings.cache, times * 100_000);
      hub.faults.cut = { path: unet, after: 100_000, times: 1, settled };
      await expect(pull(only), `interruption ${times}`).rejects.toMatchObject({
        code: "download_failed",
        message: expect.stringMatching(/unet.*connection was cut.*what is there is kept/),
      });
    }
    const { bytes } = await pull(only);
    const [first, ...rest] = hub.requests.filter(({ origin, url }) => origin === "store" && url.includes("unet"));
    expect(first!.range).toBeUndefined();
    expect(rest.map(({ range }) => range)).toEqual(["bytes=100000-", "bytes=200000-"]);
    const small = 3 * (sizeOf("model_index.json") + sizeOf("unet/config.json"));
    expect(hub.takeSent()).toBe(bytes + small);
  });

  it("is taken up at once by the same run when the connection was cut", async () => {
    const { hub, pull, settings } = await testHub();
    let there = 0;
    const settled = () => {
      there += 100_000;
      return partialHas(settings.cache, there);
    };
    hub.faults.cut = { path: unet, after: 100_000, times: 3, settled };
    const reasons: string[] = [];
    const { bytes, transferred } = await pull({
      connection: { retries: 1, retryDelay: 1, onRetry: (reason) => reasons.push(reason) },
    });
    expect(reasons).toHaveLength(3); // each of them after progress: one retry in a row is enough
    expect(transferred).toBe(bytes);
    const ranges = hub.requests.filter(({ origin, url }) => origin === "store" && url.includes("unet"));
    expect(ranges.map(({ status }) => status).at(-1)).toBe(206);
  });

  it("starts over when the server ignores ranges", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.cut = { path: unet, after: 100_000, times: 1, settled: () => partialHas(settings.cache, 100_000) };
    hub.faults.ignoresRanges = true;
    const { folder, transferred, bytes } = await pull();
    expect(transferred).toBe(bytes + 100_000);
    const content = await readFile(join(folder, unet));
    expect(createHash("sha256").update(content).digest("hex")).toBe(shaOf(unet));
  });

  it("starts over when what an earlier run left is wrong", async () => {
    const { pull, settings } = await testHub();
    const blobs = join(settings.cache, "models--someone--tiny-pix2pix/blobs");
    await mkdir(blobs, { recursive: true });
    await writeFile(join(blobs, `${shaOf(unet)}.emend.incomplete`), Buffer.alloc(50_000, 7));
    const { folder } = await pull();
    const content = await readFile(join(folder, unet));
    expect(createHash("sha256").update(content).digest("hex")).toBe(shaOf(unet));
  });

  it("does not show a snapshot that is not whole", async () => {
    const { hub, pull, listing } = await testHub();
    hub.faults.cut = { path: unet, after: 100_000, times: 1 };
    await expect(pull({ connection: { retries: 0 } })).rejects.toThrow();
    const names = Object.keys(await listing());
    expect(names.some((name) => /snapshots|refs/.test(name))).toBe(false);
  });

  it("keeps what is there when it is cancelled", async () => {
    const { hub, pull, listing } = await testHub();
    hub.faults.pause = { path: unet, after: 200_000, milliseconds: 60_000 };
    const cancel = new AbortController();
    const running = pull({
      signal: cancel.signal,
      onProgress: (done) => done > 150_000 && cancel.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(Object.keys(await listing())).toContainEqual(expect.stringMatching(/blobs\/\w+\.emend\.incomplete$/));
    hub.faults.pause = undefined;
    await expect(pull()).resolves.toMatchObject({ id });
  });

  it("gives up a connection that stalls, and goes on", async () => {
    const { hub, pull } = await testHub();
    hub.faults.pause = { path: unet, after: 100_000, milliseconds: 1_000 };
    const reasons: string[] = [];
    const connection = {
      ...{ retries: 2, retryDelay: 1, stallTimeout: 200 },
      onRetry(reason: string) {
        reasons.push(reason);
        hub.faults.pause = undefined;
      },
    };
    await pull({ connection });
    expect(reasons).toEqual([expect.stringContaining("nothing came for 0.2 s")]);
  });
});

describe("two pulls at once", () => {
  it("fetch every byte once and leave one whole model", async () => {
    const { hub, pull, listing } = await testHub();
    hub.faults.pause = { path: unet, after: 1000, milliseconds: 300 };
    let waits = 0;
    const [a, b] = await Promise.all([pull({ onWait: () => waits++ }), pull({ onWait: () => waits++ })]);
    expect(a.transferred + b.transferred).toBe(a.bytes);
    expect(waits).toBe(1);
    expect(Object.keys(await listing()).some((name) => name.includes("incomplete"))).toBe(false);
  });
});

describe("a hub that is busy", () => {
  it.each([429, 503, 500])("is asked again after status %i", async (code) => {
    const { hub, pull } = await testHub();
    hub.faults.status = { code, times: 2 };
    await expect(pull()).resolves.toMatchObject({ id });
  });

  it("is given the time that it asks for", async () => {
    const { hub, pull } = await testHub();
    hub.faults.status = { code: 429, times: 1, retryAfter: "0.05" };
    const waits: number[] = [];
    await pull({ connection: { retryDelay: 10_000, onRetry: (_, milliseconds) => waits.push(milliseconds) } });
    expect(waits).toEqual([50]);
  });

  it("is left alone in the end, with a line that says why", async () => {
    const { hub, pull } = await testHub();
    hub.faults.status = { code: 503, times: 99 };
    await expect(pull()).rejects.toMatchObject({ code: "download_failed", message: expect.stringContaining("503") });
  });

  it("that cannot be reached is named", async () => {
    const { hub, pull } = await testHub();
    await hub.close();
    await expect(pull()).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringMatching(/ECONNREFUSED.*check the connection/),
    });
  });
});

describe("what the hub refuses", () => {
  const gated = "someone/gated";

  it("a gated model: where to accept its licence", async () => {
    const { hub, pull } = await testHub();
    hub.add(gated, tinyRepository(), { gated: true });
    await expect(pull({ id: gated })).rejects.toMatchObject({
      code: "forbidden",
      message: `${gated} is gated: accept the licence at ${hub.endpoint}/${gated} and set HF_TOKEN to a token of your account.`,
    });
  });

  it("is given with a token, which the store never sees", async () => {
    const { hub, pull } = await testHub({ token: "hf_local_test" });
    hub.add(gated, tinyRepository(), { gated: true, private: true });
    await pull({ id: gated });
    const [own, store] = ["hub", "store"].map((name) => hub.requests.filter(({ origin }) => origin === name));
    expect(own!.every(({ authorization }) => authorization === "Bearer hf_local_test")).toBe(true);
    expect(store!.length).toBeGreaterThan(0);
    expect(store!.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it("a token that is none", async () => {
    const { pull } = await testHub({ token: "hf_wrong" });
    await expect(pull()).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("token") });
  });

  it("a model that is not there, or private", async () => {
    const { hub, pull } = await testHub();
    hub.add("someone/private", tinyRepository(), { private: true });
    for (const other of ["someone/nothing", "someone/private"]) {
      await expect(pull({ id: other })).rejects.toMatchObject({
        code: "not_found",
        message: expect.stringMatching(/there is no such model .* or it is private: set HF_TOKEN; check the name/),
      });
    }
  });

  it("a revision that is not there", async () => {
    const { pull } = await testHub();
    await expect(pull({ revision: "v9" })).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining('has no revision "v9"'),
    });
  });

  it("a file that is in the list and not there", async () => {
    const { hub, pull } = await testHub();
    hub.faults.tree = (entries) => [...entries, { type: "file", path: "vae/extra.json", oid: "a".repeat(40), size: 5 }];
    hub.add("someone/one-page", tinyRepository().slice(0, 0));
    hub.add(
      "someone/small",
      filesBelow(tinyFolder).filter(({ path }) => /unet|index/.test(path)),
    );
    await expect(pull({ id: "someone/small" })).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("has no file vae/extra.json"),
    });
  });
});

describe("a disk without room", () => {
  it("is told before anything is fetched", async () => {
    const { hub, pull, listing } = await testHub();
    hub.faults.tree = (entries) =>
      entries.map((entry) => (entry.path === "README.md" ? { ...entry, size: 5 } : grown(entry, 200 * 10 ** 9)));
    const refused = pull();
    await expect(refused).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringMatching(/^no space in .*: \d+ GB are needed, .* are free; make room, or set HF_HUB_CACHE/),
    });
    expect(await listing()).toEqual({});
  });
});

describe("another kind of model", () => {
  const config = (channels: number) => JSON.stringify({ _class_name: "UNet2DConditionModel", in_channels: channels });

  it("is refused before its weights are asked for", async () => {
    const { hub, pull, listing } = await testHub();
    hub.add("someone/paints", { "unet/config.json": config(4), [unet]: Buffer.alloc(1000) });
    await expect(pull({ id: "someone/paints" })).rejects.toMatchObject({
      code: "bad_model",
      message: "someone/paints: is no editing model: its U-Net takes 4 channels, one that edits takes 8",
    });
    expect(hub.requests.some(({ url }) => url.includes("safetensors"))).toBe(false);
    expect(await listing()).toEqual({});
  });

  it("is refused when there is no U-Net", async () => {
    const { hub, pull } = await testHub();
    hub.add("someone/talks", { "config.json": "{}", "README.md": "# Talks" });
    await expect(pull({ id: "someone/talks" })).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("neither unet/config.json nor"),
    });
  });

  it("is not what its class name says, but what its U-Net takes", async () => {
    const { hub, pull } = await testHub();
    const others = filesBelow(tinyFolder).filter(({ path }) => path !== "model_index.json");
    hub.add("someone/misnamed", [...others, fileOf("model_index.json", '{"_class_name":"StableDiffusionPipeline"}')]);
    await expect(pull({ id: "someone/misnamed" })).resolves.toMatchObject({ id: "someone/misnamed" });
  });
});

describe("offline", () => {
  it("finds what is there, and asks nobody", async () => {
    const { hub, pull, settings } = await testHub();
    const { folder } = await pull();
    hub.requests.length = 0;
    const offline = { ...settings, offline: true };
    expect(await pullModel({ id }, { settings: offline })).toMatchObject({ folder, transferred: 0 });
    await rm(dirname(dirname(folder)), { recursive: true });
    await expect(pullModel({ id }, { settings: offline })).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("HF_HUB_OFFLINE is set"),
    });
    expect(hub.requests).toEqual([]);
  });
});

/** Waits until the unfinished U-Net has so many bytes. */
async function partialHas(cache: string, bytes: number): Promise<void> {
  const partial = join(cache, `models--someone--tiny-pix2pix/blobs/${shaOf(unet)}.emend.incomplete`);
  while ((await stat(partial).catch(() => undefined))?.size !== bytes) await sleep(5);
}

/** An LFS entry of another size. */
const grown = (entry: Record<string, unknown>, size: number) =>
  entry.lfs ? { ...entry, size, lfs: { ...(entry.lfs as object), size } } : entry;
