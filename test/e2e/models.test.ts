import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { tensorsOf } from "../checkpoint/files.ts";
import { pickled } from "../checkpoint/pickle/pickled.ts";
import { lightning, singleFile } from "../checkpoint/singleFiles.ts";
import { fileOf, filesBelow, type StoredFile } from "../hub/HubRepositoryStore.ts";
import { HubServer } from "../hub/HubServer.ts";
import { gradient, paint } from "../image/pictures.ts";
import { goldenFolder } from "../models/golden.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const flags = ["--disable-warning=ExperimentalWarning", main];

let hub: HubServer;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  hub = await HubServer.start();
  folder = await mkdtemp(join(tmpdir(), "emend-models-"));
  const hf = {
    HF_ENDPOINT: hub.endpoint,
    HF_HUB_CACHE: join(folder, "hub"),
    HF_HOME: join(folder, "hf"),
    HF_TOKEN: "",
  };
  const own = { EMEND_MODEL: "", EMEND_DEVICE: "cpu", EMEND_HOME: join(folder, "home"), EMEND_SAFETY: "off" };
  env = { ...process.env, ...hf, ...own, HF_HUB_OFFLINE: "" };
  await writeFile(join(folder, "boat.png"), await encodePng(gradient(50, 34)));
  await mkdir(join(folder, "pairs"));
  const pair = { input: "before.png", output: "after.png", instruction: "turn it over" };
  await writeFile(join(folder, "pairs", "examples.jsonl"), `${JSON.stringify(pair)}\n`);
  await writeFile(join(folder, "pairs", "before.png"), await encodePng(paint(32, 32, (x, y) => [x * 7, y * 7, 0])));
  await writeFile(join(folder, "pairs", "after.png"), await encodePng(paint(32, 32, (x, y) => [y * 7, x * 7, 0])));
});

afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the real command; whatever goes wrong shows its own words. */
function emend(...args: string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(process.execPath, [...flags, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
    if (error) reject(new Error(`emend ${args.join(" ")}: ${stderr}`));
    else resolve(stdout);
  });
  return promise;
}

/** The files of a golden checkpoint, without what was computed with it. */
const golden = (name: string): StoredFile[] =>
  filesBelow(goldenFolder(name)).filter(({ path }) => !/^(golden|pipeline|texts)/.test(path));

/** Bytes of the largest file that each interrupted pull gets. */
const after = 150_000;
const networks = ["unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"];

/** With pickles in the place of safetensors, as MagicBrush's ports are. */
async function ofPickles(): Promise<StoredFile[]> {
  const weights = await Promise.all(
    networks.map(async (name) => {
      const path = name === "text_encoder/model" ? "text_encoder/pytorch_model.bin" : `${name}.bin`;
      return fileOf(path, pickled(tensorsOf(await readFile(join(goldenFolder("ip2p"), `${name}.safetensors`)))));
    }),
  );
  return [...golden("ip2p").filter(({ path }) => !path.endsWith(".safetensors")), ...weights];
}

const tokenizer = (): StoredFile[] => golden("ldm").filter(({ path }) => path.startsWith("tokenizer/"));

describe("a model from the hub is pulled through two interruptions, checked, edits, learns and is removed", () => {
  it.each<[string, () => StoredFile[] | Promise<StoredFile[]>, largest: string]>([
    ["a diffusers folder", () => golden("ip2p"), "unet/diffusion_pytorch_model.safetensors"],
    ["pickles", ofPickles, "unet/diffusion_pytorch_model.bin"],
    ["one safetensors file", () => [fileOf("editor.safetensors", singleFile), ...tokenizer()], "editor.safetensors"],
    ["one training's file", () => [fileOf("editor.ckpt", lightning()), ...tokenizer()], "editor.ckpt"],
    ["Stable Diffusion 2", () => golden("sd2"), "unet/diffusion_pytorch_model.safetensors"],
    ["SDXL", () => golden("sdxl"), "unet/diffusion_pytorch_model.safetensors"],
    ["a T5 encoder beside CLIP", () => golden("emend-t5"), "unet/diffusion_pytorch_model.safetensors"],
  ])("%s", { timeout: 240_000 }, async (name, files, largest) => {
    const id = `someone/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
    hub.add(id, await files());

    for (let round = 0; round < 2; round++) {
      hub.requests.length = 0;
      hub.faults.pause = { path: largest, after, milliseconds: 60_000 };
      const child = spawn(process.execPath, [...flags, "model", "pull", id], { cwd: folder, env, stdio: "ignore" });
      const ended = once(child, "exit");
      const isUnderWay = () => hub.requests.some(({ origin, sent }) => origin === "store" && sent >= after);
      while (!isUnderWay()) {
        expect(child.exitCode).toBeNull();
        await sleep(20);
      }
      await sleep(200); // what was sent is written
      child.kill("SIGINT");
      await ended;
    }
    hub.faults.pause = undefined;
    const pulled = JSON.parse(await emend("model", "pull", id, "--json"));
    expect(pulled.transferred).toBeLessThan(pulled.bytes); // not from the beginning

    expect(JSON.parse(await emend("model", "check", id, "--json"))).toMatchObject({ name: id, ok: true });
    expect(JSON.parse(await emend("model", "info", id, "--json"))).toMatchObject({ name: id, inChannels: 8 });

    const how = ["--model", id, "--steps", "2", "--seed", "1", "--json"];
    const task = name.startsWith("a T5") ? ["--task", "add"] : [];
    const edited = JSON.parse(await emend("edit", "boat.png", "make it night", ...how, ...task, "-o", "night.png"));
    expect(edited).toMatchObject({ model: id, steps: 2 });

    // Files of that kind are for 512 px, at which even a tiny network learns for minutes; test/inversion has the gradient.
    if (name.startsWith("one ")) return void (await emend("model", "remove", id));
    await emend("task", "learn", "over", "--examples", "pairs", "--model", id, "--steps", "1");
    const learned = ["--task", "over", "-o", "over.png"];
    expect(JSON.parse(await emend("edit", "boat.png", "turn it over", ...how, ...learned))).toMatchObject({
      model: id,
    });

    await emend("task", "remove", "over");
    await emend("model", "remove", id);
    expect(await readdir(join(folder, "hub"))).toEqual([]);
  });
});
