import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveSafety } from "../../gpu-worker/engine/resolveSafety.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { SafetySetting } from "../../gpu-worker/safety/SafetySetting.ts";
import { readEnv } from "../../src/env.ts";
import { paint } from "../image/pictures.ts";
import { goldenFolder } from "../models/golden.ts";
import { checkerFor, deletedAfterwards, settingOf } from "../safety/checkerFor.ts";
import { tinyModel } from "./support.ts";

const red = paint(40, 32, () => [230, 20, 10]);
const boat = paint(40, 32, (x, y) => [x * 6, y * 7, 128]);
const request: EditRequest = { picture: boat, instruction: "make the boat red", task: "add", seed: 5 };

async function open(safety: SafetySetting, folder = tinyModel): Promise<LocalEngine> {
  const engine = await LocalEngine.open(folder, { device: "cpu", threads: 1, safety });
  onTestFinished(() => engine.close());
  return engine;
}

const checkerOf = async (unsafe: Picture, ...safe: Picture[]) =>
  settingOf(deletedAfterwards(await checkerFor(unsafe, ...safe)));
const setting = (EMEND_SAFETY: string) => resolveSafety(readEnv({ EMEND_SAFETY }));

describe("the safety check of an edit", () => {
  it("refuses an unsafe picture before the network has run once, and takes others", async () => {
    const engine = await open(await checkerOf(red, boat));
    const steps: number[] = [];
    const onProgress = ({ step }: { step: number }) => steps.push(step);
    await expect(engine.edit({ ...request, picture: red }, { onProgress })).rejects.toMatchObject({
      code: "unsafe_picture",
      retryable: false,
      isInputError: true,
    });
    expect(steps).toEqual([]);
  });

  it("refuses an unsafe result, and gives the same one without a check in an age-restricted channel", async () => {
    const plain = await (await open(setting("off"))).edit(request);
    const engine = await open(await checkerOf(plain.picture, boat));
    expect(engine.info.safety).toEqual({ state: "on", checker: "the safety checker of a test's checker" });
    await expect(engine.edit(request)).rejects.toMatchObject({ code: "unsafe_result" });
    const { picture } = await engine.edit({ ...request, ageRestricted: true });
    expect(picture).toEqual(plain.picture);
    expect((await engine.edit({ ...request, ageRestricted: true, picture: red })).picture.width).toBe(40);
  });

  it("shows no preview that it would refuse as a result", async () => {
    const previewsOf = async (engine: LocalEngine) => {
      const previews: Picture[] = [];
      const onProgress = ({ preview }: { preview?: Picture }) => {
        if (preview) previews.push(preview);
        for (const end = performance.now() + 260; performance.now() < end; ); // now the next preview is due
      };
      const { picture } = await engine.edit({ ...request, steps: 4 }, { onProgress });
      return { previews, picture };
    };
    const all = await previewsOf(await open(setting("off")));
    const refused = all.previews[0]!; // there is one at the second step, at the latest
    const strict = await open(await checkerOf(refused, boat, all.picture));
    for (const shown of (await previewsOf(strict)).previews) expect(shown).not.toEqual(refused);
  });

  it("comes from the checkpoint itself where that has a checker, and is off only when told so", async () => {
    const folder = deletedAfterwards(mkdtempSync(join(tmpdir(), "emend-own-")));
    cpSync(tinyModel, folder, { recursive: true });
    cpSync(await deletedLater(checkerFor(red, boat)), folder, { recursive: true });
    const own = await open(setting("auto"), folder);
    expect(own.info.safety).toMatchObject({
      state: "on",
      checker: expect.stringMatching(/^the safety checker of emend-own/),
    });
    await expect(own.edit({ ...request, picture: red })).rejects.toMatchObject({ code: "unsafe_picture" });
    const off = await open(setting("off"), folder);
    expect(off.info.safety).toEqual({ state: "off" });
    expect((await off.edit({ ...request, picture: red })).steps).toBeGreaterThan(0);
    expect((await open(setting("auto"))).info.safety).toEqual({ state: "none" });
  });

  it("takes a classifier, and says what is wrong with a folder that holds none", async () => {
    const classifier = { ...setting(goldenFolder("vit")), threshold: 0.0001 };
    const engine = await open(classifier);
    expect(engine.info.safety).toEqual({ state: "on", checker: goldenFolder("vit") });
    await expect(engine.edit(request)).rejects.toMatchObject({ code: "unsafe_picture" });
    await expect(open(setting("/nowhere"))).rejects.toMatchObject({
      code: "bad_usage",
      message: expect.stringContaining("EMEND_SAFETY"),
    });
    await expect(open(setting(tinyModel))).rejects.toMatchObject({ code: "bad_model" });
  });
});

const deletedLater = async (folder: Promise<string>) => deletedAfterwards(await folder);
