import type { Graph } from "../../graph/Graph.ts";
import { mul } from "../../graph/ops/arithmetic.ts";
import { cast } from "../../graph/ops/cast.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { cos, sin } from "../../graph/ops/unary.ts";
import type { Value } from "../../graph/Value.ts";
import { type ActivationName, activations } from "../layers/activation.ts";
import { linearLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";

const maxPeriod = 10_000;

export interface SinusoidOptions {
  readonly width: number;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
}

/**
 * Sinusoidal embedding of timesteps `[N]` → `[N, width]` (diffusers' get_timestep_embedding), in the graph's precision;
 * computed in float32, since half of it cannot tell timesteps above 2048 apart.
 */
export function sinusoids(graph: Graph, timesteps: Value, options: SinusoidOptions): Value {
  const half = Math.floor(options.width / 2);
  const frequencies = Float32Array.from({ length: half }, (_, i) =>
    Math.exp((-Math.log(maxPeriod) * i) / (half - options.freqShift)),
  );
  const n = timesteps.dims[0]!;
  const column = reshape(graph, timesteps, [n, 1]);
  const angles = mul(graph, column, graph.constant(frequencies, [1, half]));
  const [first, second] = options.flipSinToCos ? [cos, sin] : [sin, cos];
  const waves = [first(graph, angles), second(graph, angles)] as const;
  const rest = options.width % 2 === 0 ? [] : [graph.constant(new Float32Array(n), [n, 1])];
  return cast(graph, concat(graph, [...waves, ...rest], 1), graph.precision);
}

/** diffusers' TimestepEmbedding: two linear layers, `[N, in]` → `[N, out]`. */
export function timestepMlp(
  scope: Scope,
  x: Value,
  out: number,
  activation: ActivationName,
  after?: ActivationName | null,
): Value {
  const hidden = activations[activation](scope.graph, linearLayer(scope.at("linear_1"), x, out));
  const result = linearLayer(scope.at("linear_2"), hidden, out);
  return after ? activations[after](scope.graph, result) : result;
}
