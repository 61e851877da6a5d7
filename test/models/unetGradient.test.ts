import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { gradient } from "../../gpu-worker/graph/gradient.ts";
import { weightedLoss } from "../../gpu-worker/graph/ops/weightedLoss.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import type { Value } from "../../gpu-worker/graph/Value.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
import { classLabelInput, classLabelOf } from "../../gpu-worker/models/unet/classEmbedding.ts";
import { unetConfigSchema } from "../../gpu-worker/models/unet/config.ts";
import { unet2dConditionModel } from "../../gpu-worker/models/unet/UNet2DConditionModel.ts";
import { goldenFolder, readGolden, relativeError } from "./golden.ts";

/** The mean squared distance from the golden's target, and its gradients by what the golden has them for. */
async function differentiate(name: string, segments: number) {
  const part = new CheckpointPart(goldenFolder(name), "unet");
  const config = await part.readJson("config.json", unetConfigSchema);
  const store = await openTensors(part, "diffusion_pytorch_model");
  const golden = await readGolden(name);
  const graph = new Graph();
  const label = classLabelOf(config);
  const sample = graph.input("sample", golden.sample!.dims);
  const context = graph.input("context", golden.context!.dims);
  const classLabel = classLabelInput(graph, label, 1);
  const timestep = graph.input("timestep", [1]);
  const out = unet2dConditionModel(new Scope(graph, store), config, { sample, timestep, context, classLabel });
  const mean = graph.constant(new Float32Array(sizeOf(out.dims)).fill(1 / sizeOf(out.dims)), out.dims);
  const loss = weightedLoss(graph, out, graph.input("target", golden.target!.dims), mean);
  const variables: Record<string, Value> = {
    d_sample: sample,
    ...(golden.d_context && { d_context: context }),
    ...(golden.d_class_label && { d_class_label: classLabel! }),
  };
  const gradients = gradient(graph, loss, Object.values(variables), { segments });
  graph.output("loss", loss);
  for (const [i, key] of Object.keys(variables).entries()) graph.output(key, gradients[i]!);
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  const results = await session.run({
    sample: golden.sample!.data,
    timestep: golden.timestep!.data,
    context: golden.context!.data,
    target: golden.target!.data,
    ...(label.kind === "none" ? {} : { class_label: golden.class_label?.data ?? BigInt64Array.of(3n) }),
  });
  await session.release();
  return { results, golden, nodes: graph.nodes.length };
}

const cases = [
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
  "unet-sharded",
  "unet-fp16",
  "unet-bf16",
];

/** Measured: 2e-6 at most; ten times that leaves room for other processors. */
const tolerance = 2e-5;

describe("the gradient of a U-Net", () => {
  it.each(cases)("%s equals PyTorch's", async (name) => {
    const { results, golden } = await differentiate(name, 1);
    for (const [key, { data, dims }] of Object.entries(results)) {
      if (key !== "loss") expect(dims, key).toEqual(golden[key]!.dims);
      expect(relativeError(data, golden[key]!.data), key).toBeLessThan(tolerance);
    }
  });

  it.each(["unet-sd", "unet-scale-shift", "unet-heads"])(
    "%s is the same when pieces are computed anew",
    async (name) => {
      const whole = await differentiate(name, 1);
      const pieces = await differentiate(name, 4);
      expect(pieces.nodes).toBeGreaterThan(whole.nodes * 1.1);
      for (const [key, { data }] of Object.entries(whole.results)) {
        expect(relativeError(pieces.results[key]!.data, data), key).toBeLessThan(tolerance);
      }
    },
  );
});
