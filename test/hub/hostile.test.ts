import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFileName } from "../../gpu-worker/checkpoint/hub/checkFileName.ts";
import { parseHubReference } from "../../gpu-worker/checkpoint/hub/HubReference.ts";
import { id, testHub, unet } from "./testHub.ts";
import { tinyRepository } from "./tinyRepository.ts";

describe("a hostile hub", () => {
  it.each([
    "../outside.json",
    "unet/../../outside.json",
    "/etc/outside.json",
    "unet\\..\\outside.json",
    "C:outside.json",
    "unet//config.json",
    "unet/./config.json",
    "unet/.. /outside.json",
    "unet/conf\nig.json",
    "unet/conf\0ig.json",
    `unet/${"x".repeat(300)}.json`,
    "",
  ])("that names a file %j is refused, and nothing is left", async (path) => {
    const { hub, pull, settings } = await testHub();
    hub.faults.tree = (entries) => [{ type: "file", path, oid: "a".repeat(40), size: 4 }, ...entries];
    await expect(pull()).rejects.toMatchObject({ code: "bad_model", message: expect.stringMatching(/no safe name/) });
    expect(await everything(dirname(settings.cache))).toEqual([]);
  });

  it.each([
    ["no number", "many"],
    ["a negative size", -1],
    ["a fraction", 1.5],
    ["a size beyond any model", 10 ** 15],
    ["a size that no number holds", 1e300],
  ])("that tells %s is refused", async (_, size) => {
    const { hub, pull, settings } = await testHub();
    hub.faults.tree = (entries) => [{ type: "file", path: "vae/x.json", oid: "a".repeat(40), size }, ...entries];
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/^\S+: is refused/),
    });
    expect(await everything(dirname(settings.cache))).toEqual([]);
  });

  it.each([
    ["hash of another form", { oid: "../../../outside" }],
    ["LFS hash of another form", { oid: "a".repeat(40), lfs: { oid: "../outside", size: 4 } }],
  ])("that tells a %s is refused", async (_, hash) => {
    const { hub, pull, settings } = await testHub();
    hub.faults.tree = (entries) => [{ type: "file", path: "vae/x.json", size: 4, ...hash }, ...entries];
    await expect(pull()).rejects.toMatchObject({ code: "bad_model" });
    expect(await everything(dirname(settings.cache))).toEqual([]);
  });

  it("that sends other bytes is refused, and the file is removed", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.wrongBytes = unet;
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/unet.*does not have the hash that the hub promised; nothing of it is kept/),
    });
    const left = await everything(settings.cache);
    expect(left.filter((name) => /incomplete|snapshots|refs/.test(name))).toEqual([]);
    hub.faults.wrongBytes = undefined;
    await expect(pull()).resolves.toMatchObject({ id });
  });

  it("that sends other bytes of a small file is refused, too", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.wrongBytes = "scheduler/scheduler_config.json";
    await expect(pull()).rejects.toMatchObject({ code: "bad_model" });
    expect((await everything(settings.cache)).filter((name) => name.includes("incomplete"))).toEqual([]);
  });

  it("that sends more than it promised is cut off", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.longer = { path: unet, by: 5_000_000 };
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/sends more than the \d+ bytes that it promised/),
    });
    expect((await everything(settings.cache)).filter((name) => name.includes("incomplete"))).toEqual([]);
  });

  it("that sends an endless configuration is cut off", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.longer = { path: "unet/config.json", by: 5_000_000 };
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("sends more than"),
    });
    expect(await everything(dirname(settings.cache))).toEqual([]);
  });

  it("that redirects in a circle is left", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.redirectLoop = true;
    await expect(pull()).rejects.toMatchObject({ code: "bad_model", message: expect.stringContaining("redirects") });
    expect(await everything(dirname(settings.cache))).toEqual([]);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://"])(
    "that redirects to %s is refused",
    async (location) => {
      const { hub, pull } = await testHub();
      hub.faults.redirectTo = location;
      await expect(pull()).rejects.toMatchObject({ code: "bad_model", message: expect.stringContaining("redirects") });
    },
  );

  it("that lists a file twice, or nothing that it should, is refused", async () => {
    const { hub, pull } = await testHub();
    for (const tree of [(all: object[]) => [...all, ...all], () => ({ files: 1 }), () => "nothing", () => null]) {
      hub.faults.tree = tree;
      await expect(pull()).rejects.toMatchObject({ code: "bad_model" });
    }
  });

  it("that never ends its list is left", async () => {
    const { hub, pull } = await testHub();
    hub.faults.endlessPages = true;
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("it lists more"),
    });
  });

  it("that has less than it promised is given up, and says so", async () => {
    const { hub, pull, settings } = await testHub();
    hub.faults.shorter = { path: unet, by: 50_000 };
    await expect(pull()).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/unet.*the hub has less than the 418008 bytes promised/),
    });
    const left = await everything(settings.cache);
    expect(left.filter((name) => /incomplete|snapshots|refs/.test(name))).toEqual([]);
  });

  it("that is no hub is named", async () => {
    const { hub, pull } = await testHub({ endpoint: "http://127.0.0.1:1" });
    await expect(
      pull({ settings: { endpoint: `${hub.endpoint}/elsewhere`, cache: "/nowhere", offline: false } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("does not make us write through a link that lies in the cache", async () => {
    const { pull, settings } = await testHub();
    const { folder } = await pull();
    const outside = join(dirname(settings.cache), "outside");
    await mkdir(outside);
    await writeFile(join(outside, "kept"), "as it was");
    await pull();
    expect(await readdir(outside)).toEqual(["kept"]);
    expect(await readFile(join(folder, "model_index.json"), "utf8")).toContain("InstructPix2Pix");
  });
});

describe("names", () => {
  it("that pass the check stay inside the folder, whatever they are", () => {
    const pieces = fc.constantFrom(
      "..",
      ".",
      "",
      "a",
      "unet",
      "\\",
      "/",
      ":",
      " ",
      "\0",
      "~",
      "$HOME",
      "é",
      "..a",
      "a..",
    );
    const name = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join("/")),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(name, (text) => {
        let passes = true;
        try {
          checkFileName("x/y", text);
        } catch {
          passes = false;
        }
        if (!passes) return;
        const root = "/cache/snapshot";
        const full = join(root, ...text.split("/"));
        expect(full.startsWith(`${root}/`)).toBe(true);
        expect(full).toBe(`${root}/${text}`); // nothing was folded away
        expect(text).not.toMatch(/[\\:]/);
      }),
      { numRuns: 3000 },
    );
  });

  it("of repositories' real files pass", () => {
    for (const { path } of tinyRepository()) expect(() => checkFileName("x/y", path)).not.toThrow();
    for (const path of [".gitattributes", "a b.txt", "model-00001-of-00002.safetensors", "图.png"]) {
      expect(() => checkFileName("x/y", path)).not.toThrow();
    }
  });

  it("of models are read by huggingface_hub's rules", () => {
    expect(parseHubReference("timbrooks/instruct-pix2pix")).toEqual({ id: "timbrooks/instruct-pix2pix" });
    expect(parseHubReference("a/b.c_d@refs/pr/1")).toEqual({ id: "a/b.c_d", revision: "refs/pr/1" });
    const none = ["a", "a/b/c", "../b", "a/..", "a/b@", "a/b@../c", "a/b@x@y", "-a/b", "a/b-", "a--b/c", "a/b.git", ""];
    for (const text of [...none, "a/b@.hidden", "a/b@/x", "a/b@x//y", "a\\b", "a/b c", `a/${"b".repeat(100)}`]) {
      expect(parseHubReference(text), text).toBeUndefined();
    }
  });

  it("of models that are read name one folder each, inside the cache", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w.@/-]{1,20}$/)), (text) => {
        const reference = parseHubReference(text);
        if (!reference) return;
        const folder = `models--${reference.id.replaceAll("/", "--")}`;
        expect(folder).toMatch(/^models--[\w.-]+--[\w.-]+$/);
        expect(join("/refs", reference.revision ?? "main")).toBe(`/refs/${reference.revision ?? "main"}`);
      }),
      { numRuns: 3000 },
    );
  });
});

const everything = (folder: string): Promise<string[]> =>
  readdir(folder, { recursive: true }).then(
    (names) => names.filter((name) => name !== "hub"),
    () => [],
  );
