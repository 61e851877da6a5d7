import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { resolveSafety } from "../../gpu-worker/engine/resolveSafety.ts";
import { openSafetyChecker } from "../../gpu-worker/safety/openSafetyChecker.ts";
import { requireFinite } from "../../gpu-worker/safety/requireFinite.ts";
import { readEnv } from "../../src/env.ts";
import { goldenFolder } from "../models/golden.ts";

const checkpoint = { folder: goldenFolder("ip2p"), name: "ip2p" };
const own = { folder: goldenFolder("safety-checker"), name: "own" };
const open = async (EMEND_SAFETY: string, of = checkpoint) => {
  const setting = resolveSafety(readEnv({ EMEND_SAFETY }));
  const checker = await openSafetyChecker(of, setting, { device: "cpu", threads: 1 });
  await checker?.close();
  return checker?.name;
};

describe("what checks a checkpoint's pictures", () => {
  it("is its own checker, or none, unless something else is said", async () => {
    expect(await open("", own)).toBe("the safety checker of own");
    expect(await open("auto", own)).toBe("the safety checker of own");
    expect(await open("auto")).toBeUndefined();
    expect(await open("off", own)).toBeUndefined();
  });

  it("is a folder's: a classifier, another checkpoint's checker, or a checker alone", async () => {
    expect(await open(goldenFolder("vit"), own)).toBe(goldenFolder("vit"));
    expect(await open(own.folder)).toBe(`the safety checker of ${own.folder}`);
    expect(await open(join(own.folder, "safety_checker"))).toBe(join(own.folder, "safety_checker"));

    const repository = mkdtempSync(join(tmpdir(), "emend-checker-"));
    onTestFinished(() => rmSync(repository, { recursive: true, force: true }));
    for (const part of ["safety_checker", "feature_extractor"]) {
      cpSync(join(own.folder, part), repository, { recursive: true });
    }
    expect(await open(repository)).toBe(repository);
  });

  it("is not left out because it is damaged", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emend-checker-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(own.folder, folder, { recursive: true });
    rmSync(join(folder, "safety_checker/config.json"));
    await expect(open("auto", { folder, name: "cut" })).rejects.toThrow(/safety_checker\/config\.json: is missing/);
    const nan = new Float32Array(16).fill(Number.NaN);
    expect(() => requireFinite(nan, "the checker")).toThrow(/the checker computed no numbers/);
  });

  it("is refused in one line when it is something else", async () => {
    await expect(open(checkpoint.folder)).rejects.toMatchObject({ code: "bad_model" });
    await expect(open(join(checkpoint.folder, "text_encoder"))).rejects.toThrow(/not supported, only vit/);
    await expect(open("./nowhere")).rejects.toThrow(/^EMEND_SAFETY: there is no folder .*nowhere; or set it to auto/);
  });
});
