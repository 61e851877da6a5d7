import { add } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import type { Value } from "../../graph/Value.ts";
import { type ActivationName, activations } from "./activation.ts";
import { layerNormLayer, linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

/** Where a layer's weights are. */
export interface PreNormNames {
  readonly norm1: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly out: string;
  readonly norm2: string;
  readonly fc1: string;
  readonly fc2: string;
}

export interface PreNormOptions {
  readonly names: PreNormNames;
  readonly heads: number;
  /** Width of the feed-forward's inside. */
  readonly inner: number;
  readonly activation: ActivationName;
  readonly epsilon: number;
  /** A token sees itself and those before it. */
  readonly causal?: boolean;
}

/** A transformer's layer that normalises first (CLIP, ViT): attention and feed-forward, residual each. x `[N, T, width]` → same. */
export function preNormLayer(scope: Scope, x: Value, options: PreNormOptions): Value {
  const { graph } = scope;
  const { names, heads, inner, activation, epsilon, causal = false } = options;
  const width = x.dims.at(-1)!;
  const normal = layerNormLayer(scope.at(names.norm1), x, epsilon);
  const [q, k, v] = [names.query, names.key, names.value].map((name) => linearLayer(scope.at(name), normal, width));
  const mixed = attention(graph, q!, k!, v!, { heads, causal });
  const attended = add(graph, x, linearLayer(scope.at(names.out), mixed, width));
  const hidden = linearLayer(scope.at(names.fc1), layerNormLayer(scope.at(names.norm2), attended, epsilon), inner);
  return add(graph, attended, linearLayer(scope.at(names.fc2), activations[activation](graph, hidden), width));
}
