import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { InvariantSession } from "../../gpu-worker/graph/InvariantSession.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
import { classLabelInput, classLabelOf } from "../../gpu-worker/models/unet/classEmbedding.ts";
import { unetConfigSchema } from "../../gpu-worker/models/unet/config.ts";
import { unet2dConditionModel } from "../../gpu-worker/models/unet/UNet2DConditionModel.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

async function evaluate(name: string, open: (graph: Graph) => Promise<Pick<Session, "run" | "release">>) {
  const part = new CheckpointPart(goldenFolder(name), "unet");
  const config = await part.readJson("config.json", unetConfigSchema);
  const store = await openTensors(part, "diffusion_pytorch_model");
  const golden = await readGolden(name);
  const graph = new Graph();
  const label = classLabelOf(config);
  const out = unet2dConditionModel(new Scope(graph, store), config, {
    sample: graph.input("sample", golden.sample!.dims),
    timestep: graph.input("timestep", [1]),
    context: graph.input("context", golden.context!.dims),
    classLabel: classLabelInput(graph, label, 1),
  });
  graph.output("out", out);
  const session = await open(graph);
  const feeds = {
    sample: golden.sample!.data,
    timestep: golden.timestep!.data,
    context: golden.context!.data,
    ...(label.kind === "none" ? {} : { class_label: golden.class_label?.data ?? BigInt64Array.of(3n) }),
  };
  const result = (await session.run(feeds)).out!;
  await session.release();
  return { result, expected: golden.out! };
}

describe("UNet2DConditionModel", () => {
  it.each([
    ["unet-sd", "the layout of Stable Diffusion 1.x with 8 channels"],
    ["unet-class-timestep", "class labels embedded as timesteps"],
    ["unet-class-identity", "class labels that are embeddings already"],
    ["unet-class-projection", "class vectors through two layers"],
    ["unet-class-simple", "class vectors through one layer"],
    ["unet-class-concat", "class vectors beside the time embedding"],
    ["unet-class-index", "numbered classes"],
    ["unet-heads", "heads per level, linear projections, several layers, cross-attention only"],
    ["unet-blocks", "mixed blocks, layers per level, other paddings, kernels and embeddings"],
    ["unet-scale-shift", "scale and shift by time, no middle block, GELU"],
    ["unet-sharded", "weights in shards"],
    ["unet-fp16", "weights in half precision"],
    ["unet-bf16", "weights in bfloat16"],
  ])("%s equals diffusers: %s", async (name) => {
    const options = { device: "cpu", threads: 1 } as const;
    const { result, expected } = await evaluate(name, (graph) => Session.create(graph, options));
    expect(result.dims).toEqual(expected.dims);
    expect(relativeError(result.data, expected.data)).toBeLessThan(tolerance);
    const steady = ["context", "class_label"];
    const split = await evaluate(name, (graph) => InvariantSession.create(graph, steady, options));
    expect(relativeError(split.result.data, expected.data)).toBeLessThan(tolerance);
  });
});
