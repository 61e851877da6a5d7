import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { decode, encodeToMode } from "../../gpu-worker/models/autoencoder/AutoencoderKL.ts";
import { autoencoderConfigSchema } from "../../gpu-worker/models/autoencoder/config.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

describe("AutoencoderKL", () => {
  it.each(["vae", "vae-plain"])("%s equals diffusers in both directions", async (name) => {
    const part = new CheckpointPart(goldenFolder(name), "vae");
    const config = await part.readJson("config.json", autoencoderConfigSchema);
    const store = await openTensors(part, "diffusion_pytorch_model");
    const golden = await readGolden(name);
    const graph = new Graph();
    const scope = new Scope(graph, store);
    graph.output("mode", encodeToMode(scope, config, graph.input("picture", golden.picture!.dims)));
    graph.output("decoded", decode(scope, config, graph.input("latent", golden.latent!.dims)));
    const session = await Session.create(graph, { device: "cpu", threads: 1 });
    const { mode, decoded } = await session.run({ picture: golden.picture!.data, latent: golden.latent!.data });
    expect(mode!.dims).toEqual(golden.mode!.dims);
    expect(relativeError(mode!.data, golden.mode!.data)).toBeLessThan(tolerance);
    expect(decoded!.dims).toEqual(golden.decoded!.dims);
    expect(relativeError(decoded!.data, golden.decoded!.data)).toBeLessThan(tolerance);
    await session.release();
  });
});
