import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { decodeTiny, encodeTiny } from "../../gpu-worker/models/autoencoder/AutoencoderTiny.ts";
import { TinyCodec } from "../../gpu-worker/models/autoencoder/TinyCodec.ts";
import { tinyConfigSchema } from "../../gpu-worker/models/autoencoder/tinyConfig.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { fromPlanes } from "../../gpu-worker/models/planes.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";
import { patternedWeights } from "./patternedWeights.ts";

/** The case's checkpoint, with weights by rule where it has none. */
function checkpoint(name: string): string {
  const golden = goldenFolder(name);
  if (name !== "taesd") return golden;
  const folder = mkdtempSync(join(tmpdir(), "emend-taesd-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "vae"));
  cpSync(`${golden}/vae/config.json`, join(folder, "vae/config.json"));
  const shapes = JSON.parse(readFileSync(`${golden}/shapes.json`, "utf8"));
  writeFileSync(join(folder, "vae/diffusion_pytorch_model.safetensors"), patternedWeights(shapes));
  return folder;
}

describe("AutoencoderTiny", () => {
  it.each([
    ["taesd-tiny", "a small configuration"],
    ["taesd", "the layout of madebyollin/taesd and taesdxl"],
  ])("%s equals diffusers in both directions: %s", async (name) => {
    const part = new CheckpointPart(checkpoint(name), "vae");
    const config = await part.readJson("config.json", tinyConfigSchema);
    const golden = await readGolden(name);
    const graph = new Graph();
    const scope = new Scope(graph, await openTensors(part, "diffusion_pytorch_model"));
    graph.output("encoded", encodeTiny(scope, config, graph.input("picture", golden.picture!.dims)));
    graph.output("decoded", decodeTiny(scope, config, graph.input("latent", golden.latent!.dims)));
    const session = await Session.create(graph, { device: "cpu", threads: 1 });
    const { encoded, decoded } = await session.run({ picture: golden.picture!.data, latent: golden.latent!.data });
    expect(encoded!.dims).toEqual(golden.encoded!.dims);
    expect(relativeError(encoded!.data, golden.encoded!.data)).toBeLessThan(tolerance);
    expect(decoded!.dims).toEqual(golden.decoded!.dims);
    expect(relativeError(decoded!.data, golden.decoded!.data)).toBeLessThan(tolerance);
    await session.release();
  });
});

describe("TinyCodec", () => {
  const context = { device: "cpu", threads: 1 } as const;
  const own = { latentChannels: 4, downscale: 4, latentScale: 0.18215 };
  const part = () => new CheckpointPart(goldenFolder("taesd-tiny"), "vae");

  it("decodes the latents of diffusion as they are, and encodes to the unscaled condition", async () => {
    const golden = await readGolden("taesd-tiny");
    const codec = await TinyCodec.open(part(), own, context);
    expect(await codec.decode(golden.latent!)).toEqual(fromPlanes(golden.decoded!));
    const picture = fromPlanes(golden.picture!);
    const condition = await codec.encode(picture);
    const scaled = condition.data.map((value) => value * own.latentScale);
    expect(condition.dims).toEqual(golden.encoded!.dims);
    // The golden's picture was not rounded to bytes.
    expect(relativeError(scaled, golden.encoded!.data)).toBeLessThan(0.01);
    await codec.close();
  });

  it.each([
    [{ latentChannels: 16 }, /config\.json: its latentChannels 4 is not the checkpoint's 16/],
    [{ downscale: 8 }, /config\.json: its downscale 4 is not the checkpoint's 8/],
  ])("does not stand in for a codec of other latents: %j", async (change, message) => {
    await expect(TinyCodec.open(part(), { ...own, ...change }, context)).rejects.toThrow(message);
  });
});

describe("a checkpoint with a tiny autoencoder", () => {
  const latent = { dims: [1, 4, 4, 4], data: Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)) };
  const open = async (change: (folder: string) => void, taesd?: string) => {
    const folder = mkdtempSync(join(tmpdir(), "emend-tiny-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(goldenFolder("ip2p"), folder, { recursive: true });
    change(folder);
    const model = await openEditModel(folder, { device: "cpu", threads: 1, ...(taesd === undefined ? {} : { taesd }) });
    onTestFinished(() => model.close());
    return model;
  };
  const tiny = `${goldenFolder("taesd-tiny")}/vae`;

  it.each(["taesd", "vae_tiny"])("decodes by %s when it is asked to, and fully otherwise", async (name) => {
    const model = await open((folder) => cpSync(tiny, join(folder, name), { recursive: true }));
    const plain = await open(() => {});
    expect([model.hasTinyDecoder, plain.hasTinyDecoder]).toEqual([true, false]);
    const full = await plain.decodeLatent(latent);
    expect(await model.decodeLatent(latent)).toEqual(full);
    expect(await plain.decodeLatent(latent, "tiny")).toEqual(full);
    const quick = await model.decodeLatent(latent, "tiny");
    expect(quick).toMatchObject({ width: full.width, height: full.height });
    expect(quick).not.toEqual(full);
  });

  it("takes one from another folder, and says so when there is none in it", async () => {
    const model = await open(() => {}, tiny);
    expect(model.hasTinyDecoder).toBe(true);
    await expect(open(() => {}, "/nowhere")).rejects.toMatchObject({
      code: "bad_usage",
      message: expect.stringMatching(/^EMEND_TAESD: \/nowhere holds no config\.json/),
    });
  });

  it("leaves a model alone that has no autoencoder to stand in for", async () => {
    const model = await openEditModel(goldenFolder("mini"), { device: "cpu", threads: 1, taesd: tiny });
    expect(model.hasTinyDecoder).toBe(false);
    await model.close();
  });
});
