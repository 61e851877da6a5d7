import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { animated, gradient, pngBomb, rawPicture, svg } from "../image/pictures.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const tinyModel = fileURLToPath(new URL("../golden/mini", import.meta.url));
const tinyPredictor = fileURLToPath(new URL("../golden/predictor", import.meta.url));
const vit = fileURLToPath(new URL("../golden/vit", import.meta.url));
const flags = ["--disable-warning=ExperimentalWarning", main, "edit"];
const instruction = "make the boat red";
const source = gradient(50, 34);

let folder: string;
const env = {
  ...process.env,
  EMEND_MODEL: tinyModel,
  EMEND_PREDICTOR: tinyPredictor,
  EMEND_DEVICE: "cpu",
  EMEND_MAX_PIXELS: "",
  EMEND_MAX_BYTES: "",
};

/** Runs the real command in the test's folder. */
const emend = (...args: string[]) => emendWith({}, ...args);

function emendWith(
  settings: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  execFile(
    process.execPath,
    [...flags, ...args],
    { cwd: folder, env: { ...env, ...settings } },
    (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    },
  );
  return promise;
}

const decode = async (name: string) =>
  decodePicture(await readFile(join(folder, name)), { maxPixels: 1e6, maxBytes: 1e6 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emend-cli-"));
  const png = await encodePng(source);
  const files: Record<string, Uint8Array | string> = {
    "boat.png": png,
    "own.1.png": png,
    "boat.jpg": await rawPicture(source).jpeg().toBuffer(),
    "text.png": "this is not a picture",
    "empty.png": "",
    "truncated.png": png.subarray(0, png.length / 2),
    "bomb.png": pngBomb(20_000, 20_000),
    "drawing.svg": svg,
    "moving.gif": await animated("gif"),
    "a-file": "no folder",
  };
  await Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  await mkdir(join(folder, "no-config"));
  await cp(tinyModel, join(folder, "cut"), { recursive: true });
  await truncate(join(folder, "cut/unet/diffusion_pytorch_model.safetensors"), 40_000);
});
afterAll(() => rm(folder, { recursive: true }));

describe("emend edit refuses, with one line and exit code 2, and writes nothing:", {
  concurrent: true,
  timeout: 120_000,
}, () => {
  it.each([
    ["a missing file", ["nowhere.png", instruction], /nowhere.png: there is no such file/],
    ["a text file named .png", ["text.png", instruction], /text.png: the file is not a picture; send a PNG/],
    ["an empty file", ["empty.png", instruction], /empty.png: the file is empty/],
    ["a truncated PNG", ["truncated.png", instruction], /damaged or cut off/],
    ["a PNG of 20,000 × 20,000", ["bomb.png", instruction], /20000 × 20000 pixels.*25.0 megapixels/],
    ["an SVG", ["drawing.svg", instruction], /is a SVG file; send a PNG/],
    ["an animated GIF", ["moving.gif", instruction], /is a GIF file/],
    ["an empty instruction", ["boat.png", ""], /instruction is empty/],
    ["5,000 characters", ["boat.png", "x".repeat(5000)], /5000 characters, more than the limit of 1000/],
    [
      "an unknown task",
      ["boat.png", instruction, "--task", "dance"],
      /"dance"; choose auto or one of add, remove, color/,
    ],
    ["steps 0", ["boat.png", instruction, "--steps", "0"], /steps must be a whole number from 1 to 200 \(got 0\)/],
    ["steps that are no number", ["boat.png", instruction, "--steps", "many"], /steps.*NaN/],
    ["negative guidance", ["boat.png", instruction, "--image-guidance", "-1"], /image guidance.*got -1/],
    [
      "a resolution that is none",
      ["boat.png", instruction, "--resolution", "8"],
      /resolution must be.*from 16 to 1024/,
    ],
    [
      "a profile that is none",
      ["boat.png", instruction, "--profile", "quick"],
      /'quick' is invalid.*auto, exact, fast/,
    ],
    ["a decoder that is none", ["boat.png", instruction, "--decoder", "small"], /'small' is invalid.*auto, full, tiny/],
    [
      "a tiny decoder that is not there",
      ["boat.png", instruction, "--decoder", "tiny"],
      /mini has no tiny autoencoder/,
    ],
    ["an alpha above 1", ["boat.png", instruction, "--alpha", "1.5"], /alpha must be a number from 0 to 1 \(got 1.5\)/],
    ["a model folder without config", ["boat.png", instruction, "--model", "no-config"], /no-config.*missing/],
    ["a model folder that is not there", ["boat.png", instruction, "--model", "nowhere"], /nowhere/],
    ["safetensors cut in half", ["boat.png", instruction, "--model", "cut"], /diffusion_pytorch_model.safetensors/],
    ["an output folder that is none", ["boat.png", instruction, "--out", "a-file/out.png"], /no such folder/],
    [
      "an output folder that cannot be written to",
      ["boat.png", instruction, "--out", "/proc/out.png"],
      /cannot be written/,
    ],
    ["its own input as output", ["boat.png", instruction, "--out", "./boat.png"], /never overwritten/],
    ["an unknown option", ["boat.png", instruction, "--stepps", "3"], /unknown option '--stepps'/],
    ["forgotten quotes", ["boat.png", ...instruction.split(" ")], /put the instruction in quotes: "make the boat red"/],
    ["a bad instruction among good ones", ["boat.png", instruction, " "], /instruction 2: the instruction is empty/],
    [
      "a turn before the last that would overwrite its input",
      ["own.1.png", instruction, instruction, "-o", "own.png"],
      /own.1.png: is the picture itself/,
    ],
    ["no instruction", ["boat.png"], /missing required argument 'instruction'/],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await emend(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^emend: [^\n]+\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("(the folder is as it was)", { concurrent: false }, async () => {
    const left = await readdir(folder);
    expect(left.filter((name) => /edited|out|tmp/.test(name))).toEqual([]);
  });
});

describe("emend edit", { timeout: 120_000 }, () => {
  it("writes the picture beside its source and tells about it in JSON", async () => {
    const { code, stdout, stderr } = await emend("boat.png", instruction, "--seed", "7", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      model: "mini",
      seed: 7,
      steps: 4,
      evaluations: 12,
      output: "boat.edited.png",
      width: 50,
      height: 34,
    });
    expect(told.milliseconds).toEqual({ load: expect.any(Number), edit: expect.any(Number) });
    expect(told.tasks[0]).toEqual({ name: told.task, probability: expect.any(Number) });
    expect(await decode("boat.edited.png")).toMatchObject({ width: 50, height: 34 });
    expect(await decode("boat.png")).toEqual(source);
  });

  it("gives the same bytes for the same seed, and takes every option", async () => {
    const args = [
      "boat.jpg",
      instruction,
      "--task",
      "add",
      "--steps",
      "3",
      "--text-guidance",
      "1.5",
      "--image-guidance=1",
      "--alpha=0",
    ];
    const runs = await Promise.all(["1.png", "2.png"].map((out) => emend(...args, "--seed", "3", "-o", out, "--json")));
    const told = JSON.parse(runs[0]!.stdout);
    expect(told).toMatchObject({ task: "add", seed: 3, steps: 3, evaluations: 6, textGuidance: 1.5, imageGuidance: 1 });
    expect(told).toMatchObject({ alpha: 0, keptShare: 0 });
    expect(await readFile(join(folder, "1.png"))).toEqual(await readFile(join(folder, "2.png")));
  });

  it("makes turns in a row, each on the result of the one before", async () => {
    const [first, second] = [instruction, "add a moon"];
    const args = ["--seed", "4294967295", "--steps", "2", "--alpha", "0.01", "--json"];
    const run = await emend("boat.png", first, second, "-o", "row.webp", ...args);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const told = JSON.parse(run.stdout);
    expect(told).toMatchObject({ seed: 4294967295, alpha: 0.01, evaluations: 12, output: "row.webp", width: 50 });
    const common = { task: expect.any(String), confidence: expect.any(Number), milliseconds: expect.any(Number) };
    expect(told.turns).toEqual([
      { ...common, instruction: first, seed: 4294967295, keptShare: expect.any(Number), output: "row.1.webp" },
      { ...common, instruction: second, seed: 0, keptShare: expect.any(Number), output: "row.webp" },
    ]);

    const [one, two] = told.turns;
    const again = await emend("boat.png", first, "-o", "one.webp", ...args);
    expect(JSON.parse(again.stdout)).toMatchObject({
      task: one.task,
      keptShare: one.keptShare,
      turns: [{ seed: one.seed }],
    });
    expect(await decode("one.webp")).toEqual(await decode("row.1.webp"));
    await emend("row.1.webp", second, "-o", "two.webp", ...args.with(1, "0"), "--task", two.task);
    expect(await decode("two.webp")).toEqual(await decode("row.webp"));
  });

  it("is exact by itself where that is quick, and says what the fast profile leaves out where that is asked for", async () => {
    const exact = JSON.parse((await emend("boat.png", instruction, "--seed", "5", "-o", "e.png", "--json")).stdout);
    expect(exact.profile).toEqual({
      name: "exact",
      resolution: 16,
      reason: expect.stringMatching(/^takes about .* s on /),
      decoder: "full",
    });
    const args = ["boat.png", instruction, "--seed", "5", "--profile", "fast"];
    const fast = JSON.parse((await emend(...args, "-o", "f.png", "--json")).stdout);
    expect(fast).toMatchObject({ profile: { name: "fast", resolution: 16 }, steps: 4 });
    expect(fast.evaluations + fast.shallowEvaluations).toBeLessThan(exact.evaluations);
    const { code, stderr } = await emend(...args, "--resolution", "32", "-o", "g.png");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^emend: profile fast at 32 px: asked for; this takes about .* s$/m);
  });

  it("decodes by the tiny autoencoder that EMEND_TAESD names where that is asked for, and says so", async () => {
    const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
    const args = [
      "boat.png",
      instruction,
      "--model",
      golden("ip2p"),
      "--profile",
      "fast",
      "--steps",
      "2",
      "--seed",
      "5",
    ];
    const settings = { EMEND_TAESD: golden("taesd-tiny/vae") };
    const quick = await emendWith(settings, ...args, "-o", "quick.png");
    expect(quick.stderr).toMatch(/^emend: profile fast at \d+ px, decoded by the tiny autoencoder: asked for/m);
    const full = await emendWith(
      { ...settings, EMEND_DECODER: "tiny" },
      ...args,
      "--decoder",
      "full",
      "-o",
      "full.png",
    );
    expect(full.stderr).not.toContain("tiny");
    expect(await decode("quick.png")).not.toEqual(await decode("full.png"));
  });

  it("writes JPEG and WebP too, and one line for people", async () => {
    const runs = await Promise.all(
      ["o.jpg", "o.webp"].map((out) => emend("boat.png", instruction, "--steps", "1", "--out", out)),
    );
    for (const { code, stdout } of runs) {
      expect(code).toBe(0);
      expect(stdout).toMatch(/^o\.(jpg|webp) \(\d+\.\d s, task \w+, 1 steps, seed \d+\)\n$/);
    }
    expect(await decode("o.jpg")).toMatchObject({ width: 50 });
    expect(await decode("o.webp")).toMatchObject({ width: 50 });
  });

  it("checks pictures with what EMEND_SAFETY names, tells it, and leaves it out only when told to", async () => {
    const all = { EMEND_SAFETY: vit, EMEND_SAFETY_LABELS: "NSFW, porn,drawings ,neutral" };
    const args = ["boat.png", instruction, "--steps", "1", "-o", "checked.png"];
    const refused = await emendWith(all, ...args);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(/^emend: the safety check refuses this picture[^\n]+\n$/);
    expect(await readdir(folder)).not.toContain("checked.png");

    const off = await emendWith(all, ...args, "--no-safety", "--json");
    expect([off.code, off.stderr]).toEqual([0, ""]);
    expect(JSON.parse(off.stdout)).toMatchObject({ safety: { state: "off" } });
    const mild = await emendWith({ ...all, EMEND_SAFETY_LABELS: "porn", EMEND_SAFETY_THRESHOLD: "1" }, ...args);
    expect(mild).toMatchObject({
      code: 0,
      stderr: `emend: pictures are checked by ${vit}, before and after each edit\n`,
    });
    const none = await emendWith({ EMEND_SAFETY: "" }, ...args);
    expect(none.stderr).toMatch(/^emend: pictures are NOT checked: mini has no safety checker; set EMEND_SAFETY/);
    const bad = await emendWith({ EMEND_SAFETY_THRESHOLD: "2" }, ...args);
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining("EMEND_SAFETY_THRESHOLD") });
  });

  it("ends on Ctrl-C with 130 and leaves nothing, whenever it comes", async () => {
    const out = await mkdtemp(join(folder, "interrupted-"));
    const slow = ["--model", fileURLToPath(new URL("../golden/ip2p", import.meta.url)), "--steps", "200"]; // a second
    const start = () =>
      spawn(process.execPath, [...flags, "boat.png", instruction, ...slow, "-o", join(out, "x.png")], {
        cwd: folder,
        env,
      });
    const interrupt = async (milliseconds: number) => {
      const child: ChildProcess = start();
      const exit = once(child, "exit");
      await wait(milliseconds);
      child.kill("SIGINT");
      const [code, signal] = await exit;
      // Before our handler is in place Node dies of the signal itself, which shells report as 130.
      expect(code === 130 || signal === "SIGINT", `${code} ${signal} after ${milliseconds} ms`).toBe(true);
    };
    await Promise.all([interrupt(150), interrupt(700)]);
    expect(await readdir(out)).toEqual([]);
  });
});
