import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import type { Device, Precision } from "../../gpu-worker/graph/Device.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { isFileRange } from "../../gpu-worker/graph/Initializer.ts";
import type { OnnxNode } from "../../gpu-worker/graph/OnnxNode.ts";
import { modelProto } from "../../gpu-worker/graph/onnx/schema.ts";
import { serialize } from "../../gpu-worker/graph/onnx/serialize.ts";
import { add, mul } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { biasSplitGelu } from "../../gpu-worker/graph/ops/biasSplitGelu.ts";
import { cast } from "../../gpu-worker/graph/ops/cast.ts";
import { gelu as geluOf } from "../../gpu-worker/graph/ops/gelu.ts";
import { split } from "../../gpu-worker/graph/ops/slice.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import { decode, encodeToMode } from "../../gpu-worker/models/autoencoder/AutoencoderKL.ts";
import { autoencoderConfigSchema } from "../../gpu-worker/models/autoencoder/config.ts";
import { Scope, type WeightSource } from "../../gpu-worker/models/layers/Scope.ts";
import { classLabelInput, classLabelOf } from "../../gpu-worker/models/unet/classEmbedding.ts";
import { unetConfigSchema } from "../../gpu-worker/models/unet/config.ts";
import { EditUNet } from "../../gpu-worker/models/unet/EditUNet.ts";
import { unet2dConditionModel } from "../../gpu-worker/models/unet/UNet2DConditionModel.ts";
import { evaluate, type Tensor, wave } from "../graph/evaluate.ts";
import { lower } from "../graph/lowered.ts";
import { goldenFolder, readGolden, relativeError } from "./golden.ts";

/**
 * Against diffusers in float32. Half precision keeps 11 bits, 5e-4 of each number; random weights, which these are, let
 * that grow over the layers: 6e-4 to 1e-3 was measured.
 */
const halfTolerance = 3e-3;

async function buildUNet(name: string, device: Device) {
  const part = new CheckpointPart(goldenFolder(name), "unet");
  const config = await part.readJson("config.json", unetConfigSchema);
  const store = await openTensors(part, "diffusion_pytorch_model", { dtype: "F16" });
  const golden = await readGolden(name);
  const graph = new Graph(device, "float16");
  const label = classLabelOf(config);
  const out = unet2dConditionModel(new Scope(graph, store), config, {
    sample: graph.input("sample", golden.sample!.dims),
    timestep: graph.input("timestep", [1]),
    context: graph.input("context", golden.context!.dims),
    classLabel: classLabelInput(graph, label, 1),
  });
  graph.output("out", out);
  const feeds = {
    sample: golden.sample!.data,
    timestep: golden.timestep!.data,
    context: golden.context!.data,
    ...(label.kind === "none" ? {} : { class_label: golden.class_label?.data ?? BigInt64Array.of(3n) }),
  };
  return { graph, feeds, expected: golden.out! };
}

async function run(graph: Graph, feeds: Parameters<Session["run"]>[0]) {
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  const results = await session.run(feeds);
  await session.release();
  return results;
}

/** Operators of the serialised graph. */
function operators(graph: Graph): string[] {
  const model = modelProto.toObject(modelProto.decode(serialize(graph, "/"))) as {
    graph: { node: { opType: string }[] };
  };
  return model.graph.node.map(({ opType }) => opType);
}

/** What onnxruntime says of a graph that is right, on a device that has not its kernels. */
const missingKernel = /Failed to find kernel for com\.microsoft\.(NhwcConv|GroupNorm|SkipGroupNorm|BiasSplitGelu)\(1\)/;

const networks = [
  "unet-sd",
  "unet-class-timestep",
  "unet-class-identity",
  "unet-class-projection",
  "unet-class-simple",
  "unet-class-concat",
  "unet-class-index",
  "unet-heads",
  "unet-blocks",
  "unet-scale-shift",
  "unet-fp16",
  "unet-bf16",
];

describe("a U-Net in half precision", () => {
  it.each(networks)("%s equals diffusers up to its rounding", async (name) => {
    const { graph, feeds, expected } = await buildUNet(name, "cpu");
    const { out } = await run(graph, feeds);
    expect(relativeError(out!.data, expected.data)).toBeLessThan(halfTolerance);
  });

  it.each(networks)("%s for CUDA equals diffusers, its fused operators taken by their definitions", async (name) => {
    const { graph, feeds, expected } = await buildUNet(name, "cuda");
    const counts = lower(graph);
    expect(counts.get("NhwcConv")).toBeGreaterThan(0);
    expect(counts.get("GroupNorm")).toBeGreaterThan(0);
    const { out } = await run(graph, feeds);
    expect(relativeError(out!.data, expected.data)).toBeLessThan(halfTolerance);
  });

  it.each(networks)(
    "%s for CUDA satisfies onnxruntime's own schemas: only the kernels are missing here",
    async (name) => {
      const { graph } = await buildUNet(name, "cuda");
      await expect(Session.create(graph, { device: "cpu", threads: 1 })).rejects.toThrow(missingKernel);
    },
  );

  it("would not satisfy them with a wrong attribute, input or type", async () => {
    const break_ = async (opType: string, change: (node: OnnxNode) => Partial<OnnxNode>) => {
      const { graph } = await buildUNet("unet-sd", "cuda");
      const at = graph.nodes.findIndex((node) => node.opType === opType);
      graph.nodes[at] = { ...graph.nodes[at]!, ...change(graph.nodes[at]!) };
      const message = await Session.create(graph, { device: "cpu", threads: 1 }).then(String, String);
      expect(message).not.toMatch(missingKernel);
      return message;
    };
    await expect(break_("GroupNorm", () => ({ attributes: { groups: 4 } }))).resolves.toMatch(/activation/);
    await expect(break_("SkipGroupNorm", ({ inputs }) => ({ inputs: inputs.slice(0, 2) }))).resolves.toMatch(/input/);
    const wrongType = break_("SkipGroupNorm", ({ inputs }) => ({ inputs: [...inputs.slice(0, 3), inputs[1]!] }));
    await expect(wrongType).resolves.toMatch(/Type/);
  });

  it("for CUDA turns images round at its ends only", async () => {
    const { graph } = await buildUNet("unet-sd", "cuda");
    const found = operators(graph);
    const count = (opType: string) => found.filter((each) => each === opType).length;
    expect(count("Transpose") - count("NhwcConv")).toBe(2); // each weight once, the sample, the result
    expect(count("Conv")).toBe(0);
    expect(count("QuickGelu")).toBe(2); // in the time embedding; those of images are in the norms
  });

  it("uses float16 files where they are", async () => {
    const { graph } = await buildUNet("unet-fp16", "cpu");
    const weights = graph.initializers.filter(({ value }) => value.name.endsWith("weight"));
    expect(weights.length).toBeGreaterThan(50);
    expect(weights.every(({ value, source }) => value.type === "float16" && isFileRange(source))).toBe(true);
  });
});

describe("an editing U-Net in half precision", () => {
  it("predicts what it predicts in float32, alone and in a batch, and learns in float32", async () => {
    const open = (precision: Precision) =>
      EditUNet.open(
        new CheckpointPart(goldenFolder("ip2p"), "unet"),
        { latentChannels: 4, downscale: 8, hasTasks: false },
        { device: "cpu", threads: 1, precision, batch: 2 },
      );
    const [wide, half] = [await open("float32"), await open("float16")];
    const data = (dims: readonly number[], phase: number) => ({
      dims,
      data: Float32Array.from(wave(dims, phase).data),
    });
    const dims = [1, 4, 8, 8];
    const text = { states: data([1, 9, wide.contextWidth], 2), pooled: new Float32Array(wide.contextWidth) };
    const input = { latent: data(dims, 1), image: data(dims, 3), text, timestep: 731 };
    const expected = await wide.denoise(input);
    const batch = await half.denoiseBatch([input, { ...input, timestep: 20 }, input]);
    for (const found of [await half.denoise(input), batch[0]!, batch[2]!]) {
      expect(relativeError(found.data, expected.data)).toBeGreaterThan(1e-6);
      expect(relativeError(found.data, expected.data)).toBeLessThan(halfTolerance);
    }
    const { latent, image } = input;
    const lesson = {
      ...{ latent, image, target: data(dims, 5), weights: new Float32Array(256).fill(1 / 256) },
      ...{
        timesteps: Float32Array.of(731),
        texts: [text],
        conditioning: { tokens: new Float32Array(wide.contextWidth) },
      },
    };
    expect(await half.differentiate(lesson)).toEqual(await wide.differentiate(lesson));
    await Promise.all([wide.close(), half.close()]);
  });
});

describe("an autoencoder in half precision", () => {
  it.each(["cpu", "cuda"] as const)("for %s equals diffusers in both directions", async (device) => {
    const part = new CheckpointPart(goldenFolder("vae"), "vae");
    const config = await part.readJson("config.json", autoencoderConfigSchema);
    const store = await openTensors(part, "diffusion_pytorch_model", { dtype: "F16" });
    const golden = await readGolden("vae");
    for (const [from, to, build] of [
      ["picture", "mode", encodeToMode],
      ["latent", "decoded", decode],
    ] as const) {
      const graph = new Graph(device, "float16");
      graph.output("out", build(new Scope(graph, store), config, graph.input("in", golden[from]!.dims)));
      lower(graph);
      const { out } = await run(graph, { in: golden[from]!.data });
      expect(relativeError(out!.data, golden[to]!.data)).toBeLessThan(halfTolerance);
    }
  });
});

describe("Stable Diffusion 1.5's U-Net for CUDA", () => {
  /** Weights that are nowhere: the graph is only looked at. */
  const nowhere: WeightSource = {
    has: (name) => !/\.to_[qkv]\.bias$/.test(name),
    source: (_, dims) => ({ file: "/", offset: 0, length: 2 * sizeOf(dims) }),
  };
  const build = (device: Device, batch: number) => {
    const graph = new Graph(device, "float16");
    const config = unetConfigSchema.parse({ in_channels: 8, cross_attention_dim: 768, attention_head_dim: 8 });
    const out = unet2dConditionModel(new Scope(graph, nowhere), config, {
      sample: graph.input("sample", [batch, 8, 64, 64]),
      timestep: graph.input("timestep", [batch]),
      context: graph.input("context", [batch, 77, 768]),
    });
    graph.output("out", out);
    return { found: operators(graph), dims: out.dims };
  };

  it("consists of the kernels that were made for it", () => {
    const { found, dims } = build("cuda", 4);
    const count = (opType: string) => found.filter((each) => each === opType).length;
    expect(dims).toEqual([4, 4, 64, 64]);
    expect(count("BiasSplitGelu")).toBe(16); // one for each transformer
    expect(count("MultiHeadAttention")).toBe(32);
    expect(count("SkipGroupNorm")).toBe(22); // one for each resnet block
    expect(count("GroupNorm")).toBe(22 + 16 + 1);
    expect(count("Transpose") - count("NhwcConv")).toBe(2);
    expect(count("LayerNormalization")).toBe(48);
  });

  it("halves its feed-forward layers as GEGLU does", async () => {
    const x = wave([2, 3, 2560]);
    const bias = wave([2560], 2);
    const graph = new Graph("cuda", "float16");
    const half = ({ dims }: Tensor, name: string) => cast(graph, graph.input(name, dims), "float16");
    graph.output("out", cast(graph, biasSplitGelu(graph, half(x, "x"), half(bias, "bias")), "float32"));
    expect(lower(graph)).toEqual(new Map([["BiasSplitGelu", 1]]));
    const { out } = await run(graph, { x: Float32Array.from(x.data), bias: Float32Array.from(bias.data) });
    const gelu = await evaluate([x, bias], (g, left, shift) => {
      const [value, gate] = split(g, add(g, left, shift), 2, [1280, 1280]);
      return mul(g, value!, geluOf(g, gate!));
    });
    expect(out!.dims).toEqual([2, 3, 1280]);
    expect(relativeError(out!.data, gelu.data)).toBeLessThan(halfTolerance);
  });

  it("has no such kernels on other devices", () => {
    for (const device of ["cpu", "webgpu", "dml", "coreml"] as const) {
      const { found } = build(device, 1);
      expect(found.filter((each) => /NhwcConv|GroupNorm$|BiasSplitGelu/.test(each))).toEqual([]);
    }
  });
});
