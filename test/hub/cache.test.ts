import { existsSync } from "node:fs";
import { mkdir, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../../gpu-worker/checkpoint/hub/checkFiles.ts";
import { describeModel } from "../../gpu-worker/checkpoint/hub/describeModel.ts";
import { listCachedModels } from "../../gpu-worker/checkpoint/hub/listCachedModels.ts";
import { removeCachedModel } from "../../gpu-worker/checkpoint/hub/removeCachedModel.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { floatFile, folderWith } from "../checkpoint/files.ts";
import { fileOf } from "./HubRepositoryStore.ts";
import { id, listing, testHub, unet } from "./testHub.ts";
import { tinyRepository } from "./tinyRepository.ts";

const bundled = resolveModelFolder({});

/** Two commits of the tiny model, which share all but one file. */
async function twoCommits() {
  const test = await testHub();
  const first = await test.pull();
  const others = tinyRepository().filter(({ path }) => path !== "README.md");
  test.hub.add(id, [...others, fileOf("README.md", "# The second commit\n")]);
  const second = await test.pull();
  return { ...test, first, second };
}

describe("listing the cache", () => {
  it("shows the editing models, each commit, and nothing else", async () => {
    const { settings, first, second } = await twoCommits();
    await mkdir(join(settings.cache, "models--someone--talks/snapshots", "c".repeat(40)), { recursive: true });
    await mkdir(join(settings.cache, "datasets--someone--pictures"), { recursive: true });
    await writeFile(join(settings.cache, "version.txt"), "1");
    const paints = join(settings.cache, "models--someone--paints/snapshots", "d".repeat(40), "unet");
    await mkdir(paints, { recursive: true });
    await writeFile(join(paints, "config.json"), '{"in_channels": 4}');
    const listed = await listCachedModels(settings.cache);
    expect(listed.map(({ id, commit, revisions }) => [id, commit, revisions])).toEqual(
      [
        [id, first.commit, []],
        [id, second.commit, ["main"]],
      ].sort((a, b) => (a[1]! < b[1]! ? -1 : 1)),
    );
    for (const { commit, bytes, family, lastUsed } of listed) {
      expect(bytes).toBe((commit === first.commit ? first : second).bytes);
      expect(family).toBe("InstructPix2Pix");
      expect(Date.now() - Date.parse(lastUsed)).toBeLessThan(3_600_000);
    }
  });

  it("is empty for a cache that is not there", async () => {
    expect(await listCachedModels("/nowhere")).toEqual([]);
  });
});

describe("removing a model", () => {
  it("frees all of it", async () => {
    const { settings, pull } = await testHub();
    const { bytes, commit } = await pull();
    const { freed, commits } = await removeCachedModel(settings.cache, { id });
    expect(commits).toEqual([commit]);
    expect(freed).toBe(bytes + 40); // refs/main holds the commit's name
    expect(await readdir(settings.cache)).toEqual([]);
  });

  it("frees of one commit what no other uses", async () => {
    const { settings, first, second } = await twoCommits();
    const removed = await removeCachedModel(settings.cache, { id, revision: first.commit });
    expect(removed.freed).toBe(tinyRepository().find(({ path }) => path === "README.md")!.size);
    expect(await checkFiles(second.folder)).toMatchObject({ problems: [], hashed: second.files.length });
    expect(existsSync(first.folder)).toBe(false);
    await removeCachedModel(settings.cache, { id, revision: "main" });
    expect(await readdir(settings.cache)).toEqual([]);
  });

  it("says when there is none", async () => {
    const { settings, pull } = await testHub();
    await expect(removeCachedModel(settings.cache, { id })).rejects.toMatchObject({ code: "not_found" });
    await pull();
    await expect(removeCachedModel(settings.cache, { id, revision: "v9" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await listCachedModels(settings.cache)).toHaveLength(1);
  });

  it("removes nothing outside the cache", async () => {
    const { settings, pull } = await testHub();
    const { folder } = await pull();
    const outside = join(dirname(settings.cache), "outside");
    await mkdir(join(outside, "snapshots"), { recursive: true });
    await writeFile(join(outside, "kept"), "as it was");
    await symlink(outside, join(settings.cache, "models--someone--linked"));
    await expect(removeCachedModel(settings.cache, { id: "someone/linked" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await symlink(join(outside, "kept"), join(folder, "link")); // in a snapshot: the link goes, its target stays
    await removeCachedModel(settings.cache, { id });
    expect(await readdir(outside)).toEqual(["kept", "snapshots"]);
  });
});

describe("checking a model", () => {
  it("hashes every file", async () => {
    const { pull } = await testHub();
    const { folder, files, bytes } = await pull();
    const seen: number[] = [];
    expect(await checkFiles(folder, { onProgress: (done) => seen.push(done) })).toEqual({
      ...{ files: files.length, hashed: files.length, problems: [] },
      bytes,
    });
    expect(seen.at(-1)).toBe(bytes);
  });

  it("finds files that are damaged, cut or gone, and pulling with verify mends them", async () => {
    const { pull, settings } = await testHub();
    const { folder, files } = await pull();
    const blob = (path: string) => {
      const { etag } = files.find((file) => file.path === path)!;
      return join(settings.cache, "models--someone--tiny-pix2pix/blobs", etag);
    };
    await rm(blob("vae/config.json"));
    await truncate(blob(unet), 1000);
    const { size } = files.find(({ path }) => path === "tokenizer/vocab.json")!;
    await writeFile(blob("tokenizer/vocab.json"), Buffer.alloc(size));
    const { problems } = await checkFiles(folder);
    expect(Object.fromEntries(problems.map(({ path, problem }) => [path, problem]))).toEqual({
      "vae/config.json": "is missing",
      [unet]: expect.stringContaining("damaged"),
      "tokenizer/vocab.json": expect.stringContaining("damaged"),
    });
    const lost = ["vae/config.json", unet, "tokenizer/vocab.json"].map(
      (path) => files.find((f) => f.path === path)!.size,
    );
    const { transferred } = await pull({ verify: true });
    expect(transferred).toBe(lost.reduce((a, b) => a + b));
    expect(await checkFiles(folder)).toMatchObject({ problems: [] });
  });
});

describe("describing a model", () => {
  it("tells of a fetched one what it is and where it comes from", async () => {
    const { pull } = await testHub();
    const { folder, commit } = await pull();
    const described = await describeModel(folder);
    expect(described).toMatchObject({
      ...{ name: id, commit, licence: "mit", family: "InstructPix2Pix", inChannels: 8, tasks: [], resolution: 32 },
      ...{ className: "StableDiffusionInstructPix2PixPipeline", safetyChecker: false },
    });
    const part = described.parts.find(({ name }) => name === "unet")!;
    expect(part.types).toEqual(["F32"]);
    expect(described.memory.weights).toBeGreaterThan(650_000); // 418 + 266 + 51 KB, less their headers
    expect(described.memory.total).toBe(described.memory.weights + described.memory.working);
  });

  it("tells of the bundled one its tasks", async () => {
    const { family, tasks, resolution, commit } = await describeModel(bundled);
    expect({ family, resolution, commit }).toEqual({ family: "emend", resolution: 64, commit: null });
    expect(tasks).toContain("segment");
  });

  it("counts half precision as the float32 that the CPU computes in", async () => {
    const folder = folderWith({
      "unet/config.json": '{"in_channels": 8, "sample_size": 64}',
      "vae/config.json": '{"block_out_channels": [128, 256, 512, 512]}',
      "unet/diffusion_pytorch_model.safetensors": floatFile({ a: { shape: [4], values: [1, 2, 3, 4] } }),
    });
    const { memory, resolution } = await describeModel(folder);
    expect(memory.weights).toBe(16);
    expect(resolution).toBe(512);
    expect(memory.working).toBeGreaterThan(1e9); // four maps of 256 × 512 × 512
  });

  it("refuses what is none", async () => {
    const folder = folderWith({ "unet/config.json": '{"in_channels": 4}' });
    await expect(describeModel(folder)).rejects.toMatchObject({ code: "bad_model" });
    await expect(describeModel("/nowhere")).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    ["---\nlicense: apache-2.0\n---\n# X", "apache-2.0"],
    ["---\nlanguage: en\nlicense: 'cc-by-4.0'\n---", "cc-by-4.0"],
    ["---\nlicense:\n- creativeml-openrail-m\n---", "creativeml-openrail-m"],
    ["---\nlicense: other\nlicense_name: house-rules\n---", "house-rules"],
    ["---\r\nlicense: mit\r\n---\r\n", "mit"],
    ["---\nlicense: mit\u001b[2J\n---", "mit[2J"],
    ["# license: mit", null],
    ["---\ntags: x\n---\nlicense: mit", null],
  ])("reads the licence of the card %j", async (card, licence) => {
    const folder = folderWith({ "README.md": card, "unet/config.json": '{"in_channels": 8}' });
    expect((await describeModel(folder)).licence).toBe(licence);
  });
});

describe("a model's name", () => {
  it("leads to its snapshot: the branch's, a commit's, or the only one", async () => {
    const { settings, first, second } = await twoCommits();
    const find = (EMEND_MODEL: string) => resolveModelFolder({ EMEND_MODEL }, settings.cache);
    expect(find(id)).toBe(second.folder);
    expect(find(`${id}@main`)).toBe(second.folder);
    expect(find(`${id}@${first.commit}`)).toBe(first.folder);
    await rm(join(settings.cache, "models--someone--tiny-pix2pix/refs"), { recursive: true });
    await rm(second.folder, { recursive: true });
    expect(find(id)).toBe(first.folder);
  });

  it("that was not fetched says how to fetch it, and asks nobody", async () => {
    const { hub, settings } = await testHub();
    const find = (EMEND_MODEL: string) => () => resolveModelFolder({ EMEND_MODEL }, settings.cache);
    expect(find("someone/else")).toThrow(/someone\/else: is neither .* run: emend model pull someone\/else$/);
    expect(find("someone/else@v2")).toThrow(/run: emend model pull someone\/else --revision v2$/);
    expect(hub.requests).toEqual([]);
  });

  it("gives way to a folder of that name, and paths stay paths", () => {
    expect(resolveModelFolder({ EMEND_MODEL: "models/mini" })).toBe(bundled);
    expect(resolveModelFolder({ EMEND_MODEL: "./no/such" })).toBe(join(process.cwd(), "no/such"));
    expect(resolveModelFolder({ EMEND_MODEL: "/no/such" })).toBe("/no/such");
    expect(resolveModelFolder({})).toBe(bundled);
  });

  it("leads to the one file of a model that is one file", async () => {
    const { hub, pull, settings } = await testHub();
    const first = "model.diffusion_model.input_blocks.0.0.weight";
    const ldm = (channels: number) =>
      floatFile({ [first]: { shape: [1, channels, 1, 1], values: Array<number>(channels).fill(0.5) } });
    hub.add("someone/one-file", { "README.md": "# One", "edits.safetensors": ldm(8) });
    hub.add("someone/paints", { "paints.safetensors": ldm(4) });
    const { folder } = await pull({ id: "someone/one-file" });
    const path = resolveModelFolder({ EMEND_MODEL: "someone/one-file" }, settings.cache);
    expect(path).toBe(join(folder, "edits.safetensors"));
    expect(await describeModel(path)).toMatchObject({ name: "someone/one-file", inChannels: 8 });
    hub.takeSent();
    await expect(pull({ id: "someone/paints" })).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("takes 4 channels"),
    });
    expect(Object.keys(await listing(settings.cache)).some((name) => name.includes("paints"))).toBe(false);
  });
});
