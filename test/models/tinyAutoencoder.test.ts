import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { decodeTiny, encodeTiny } from "../../gpu-worker/models/autoencoder/AutoencoderTiny.ts";
import { tinyConfigSchema } from "../../gpu-worker/models/autoencoder/tinyConfig.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
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
