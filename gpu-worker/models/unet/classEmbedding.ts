import type { Graph } from "../../graph/Graph.ts";
import { cast } from "../../graph/ops/cast.ts";
import { gather } from "../../graph/ops/gather.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";
import type { UNetConfig } from "./config.ts";
import { sinusoids, timestepMlp } from "./timeEmbedding.ts";

/** What a U-Net takes as its class label: a number of a class, a time, a vector of some width, or nothing. */
export type ClassLabel =
  | { readonly kind: "none" }
  | { readonly kind: "index" }
  | { readonly kind: "time" }
  | { readonly kind: "vector"; readonly width: number };

export const timeEmbedWidth = (config: UNetConfig): number =>
  config.time_embedding_dim ?? config.block_out_channels[0]! * 4;

export function classLabelOf(config: UNetConfig): ClassLabel {
  switch (config.class_embed_type) {
    case "timestep":
      return { kind: "time" };
    case "identity":
      return { kind: "vector", width: timeEmbedWidth(config) };
    case "projection":
    case "simple_projection":
      return { kind: "vector", width: config.projection_class_embeddings_input_dim ?? 0 };
    default:
      return config.num_class_embeds ? { kind: "index" } : { kind: "none" };
  }
}

/** The graph input "class_label" that the label needs, for a batch of n. */
export function classLabelInput(graph: Graph, label: ClassLabel, n: number): Value | undefined {
  if (label.kind === "none") return undefined;
  if (label.kind === "index") return graph.input("class_label", [n], "int64");
  return graph.input("class_label", label.kind === "time" ? [n] : [n, label.width]);
}

/** The label as a vector that joins the time embedding: → `[N, timeEmbedWidth]`. */
export function embedClass(scope: Scope, label: Value, config: UNetConfig): Value {
  const width = timeEmbedWidth(config);
  const options = {
    width: config.block_out_channels[0]!,
    flipSinToCos: config.flip_sin_to_cos,
    freqShift: config.freq_shift,
  };
  const vector = () => cast(scope.graph, label, scope.graph.precision);
  switch (config.class_embed_type) {
    case "timestep":
      return timestepMlp(scope, sinusoids(scope.graph, label, options), width, config.act_fn);
    case "projection":
      return timestepMlp(scope, vector(), width, "silu");
    case "simple_projection":
      return linearLayer(scope, vector(), width);
    case "identity":
      return vector();
    default:
      return gather(scope.graph, scope.weight("weight", [config.num_class_embeds!, width]), label);
  }
}
