import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { serialize } from "../../gpu-worker/graph/onnx/serialize.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import { clipTextModel } from "../../gpu-worker/models/clip/CLIPTextModel.ts";
import { clipVisionStates } from "../../gpu-worker/models/clip/clipVisionStates.ts";
import { clipTextConfigSchema } from "../../gpu-worker/models/clip/config.ts";
import { clipVisionConfigSchema } from "../../gpu-worker/models/clip/visionConfig.ts";
import { linearLayer } from "../../gpu-worker/models/layers/layers.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";
import { t5ConfigSchema } from "../../gpu-worker/models/t5/config.ts";
import { t5EncoderModel } from "../../gpu-worker/models/t5/T5EncoderModel.ts";
import { unetConfigSchema } from "../../gpu-worker/models/unet/config.ts";
import { unet2dConditionModel } from "../../gpu-worker/models/unet/UNet2DConditionModel.ts";
import { goldenFolder } from "./golden.ts";

type Build = (scope: Scope, config: unknown) => void;

const unet: Build = (scope, json) => {
  const { graph } = scope;
  const config = unetConfigSchema.parse(json);
  const input = { sample: [1, 8, 64, 64], timestep: [1], context: [1, 77, config.cross_attention_dim as number] };
  unet2dConditionModel(scope, config, {
    sample: graph.input("sample", input.sample),
    timestep: graph.input("timestep", input.timestep),
    context: graph.input("context", input.context),
    ...(config.addition_embed_type && {
      addition: { pooled: graph.input("pooled", [1, 1280]), sizes: graph.input("sizes", [1, 6]) },
    }),
  });
};
const text: Build = (scope, json) => {
  const config = clipTextConfigSchema.parse(json);
  const last = clipTextModel(scope, config, scope.graph.input("ids", [1, 77], "int64")).last();
  if (scope.has("text_projection.weight")) linearLayer(scope.at("text_projection"), last, config.projection_dim);
};
const vision: Build = (scope, json) => {
  const config = clipVisionConfigSchema.parse(json);
  const inner = scope.has("vision_model.embeddings.class_embedding") ? scope.at("vision_model") : scope;
  clipVisionStates(inner, config, scope.graph.input("pixels", [1, 3, 224, 224]), config.num_hidden_layers);
};
const t5: Build = (scope, json) => {
  const { graph } = scope;
  t5EncoderModel(
    scope,
    t5ConfigSchema.parse(json),
    graph.input("ids", [1, 77], "int64"),
    graph.input("n", [1], "int32"),
  );
};

/** Tensors that are saved and not needed for what a network is used for here. */
const unneeded = /position_ids|post_layernorm|visual_projection/;

describe("a network at its real size", () => {
  it.each([
    ["sd2-unet", unet],
    ["sdxl-unet", unet],
    ["sd2-text", text],
    ["sdxl-text-2", text],
    ["anysd-vision", vision],
    ["flan-t5-xl", t5],
  ])("%s takes exactly the tensors that are saved, and leaves them where they lie", (name, build) => {
    const { config, shapes } = JSON.parse(readFileSync(`${goldenFolder("full-size")}/${name}.json`, "utf8")) as {
      config: unknown;
      shapes: Record<string, number[]>;
    };
    const asked: Record<string, readonly number[]> = {};
    const graph = new Graph();
    const source = {
      has: (key: string) => key in shapes,
      source(key: string, dims: readonly number[]) {
        asked[key] = dims;
        return { file: "/weights", offset: 0, length: 4 * sizeOf(dims) };
      },
    };
    build(new Scope(graph, source), config);
    expect(asked).toEqual(Object.fromEntries(Object.entries(shapes).filter(([key]) => !unneeded.test(key))));

    expect(serialize(graph, "/").byteLength).toBeLessThan(4 * 2 ** 20);
  });
});
