import type { Graph } from "../Graph.ts";
import { attention } from "../ops/attention.ts";
import { cast } from "../ops/cast.ts";
import { conv2d } from "../ops/conv2d.ts";
import { groupNorm } from "../ops/groupNorm.ts";
import { layerNorm } from "../ops/layerNorm.ts";
import { prefersChannelsLast } from "../ops/layout.ts";
import { linear } from "../ops/linear.ts";
import { silu } from "../ops/quickGelu.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";

/** One op of each kind that networks are made of, small; every provider needs a library or a kernel of its own for it. */
export interface ProbeOp {
  readonly name: string;
  /** Of the input, float32. */
  readonly dims: readonly number[];
  /** Of no use to networks in float32. */
  readonly onlyHalf?: boolean;
  /** Result in float32; what is between is in the graph's precision. */
  build(graph: Graph, x: Value): Value;
}

const channels = 64;
const image = [1, channels, 16, 16];
const tokens = [1, 64, channels];

/** Numbers of about unit variance that are the same everywhere. */
export const probeNumbers = (dims: readonly number[], phase = 0): Float32Array =>
  Float32Array.from({ length: sizeOf(dims) }, (_, i) => Math.SQRT2 * Math.sin(i * 1.7 + phase));

function weight(graph: Graph, dims: readonly number[], phase: number): Value {
  const scale = 1 / Math.sqrt(sizeOf(dims.slice(1)));
  return graph.constant(
    probeNumbers(dims, phase).map((value) => value * scale),
    dims,
    graph.precision,
  );
}

/** The op on the input in the graph's precision, its result in float32. */
const inPrecision =
  (build: (graph: Graph, x: Value) => Value): ProbeOp["build"] =>
  (graph, x) =>
    cast(graph, build(graph, cast(graph, x, graph.precision)), "float32");

const vector = (graph: Graph, phase: number): Value => weight(graph, [channels], phase);

export const probeOps: readonly ProbeOp[] = [
  {
    name: "conversion to half precision",
    dims: tokens,
    onlyHalf: true,
    build: (graph, x) => cast(graph, cast(graph, x, "float16"), "float32"),
  },
  {
    name: "convolution",
    dims: image,
    build: inPrecision((graph, x) =>
      conv2d(graph, x, weight(graph, [channels, channels, 3, 3], 1), vector(graph, 2), { padding: 1 }),
    ),
  },
  {
    name: "group norm",
    dims: image,
    build: inPrecision((graph, x) => {
      const norm = (activation?: "silu") =>
        groupNorm(graph, x, vector(graph, 3), vector(graph, 4), { groups: 32, epsilon: 1e-5, activation });
      return prefersChannelsLast(graph, x) ? norm("silu") : silu(graph, norm());
    }),
  },
  {
    name: "layer norm and matrix product",
    dims: tokens,
    build: inPrecision((graph, x) =>
      linear(
        graph,
        layerNorm(graph, x, vector(graph, 5), vector(graph, 6), 1e-5),
        weight(graph, [channels, channels], 7),
        vector(graph, 8),
      ),
    ),
  },
  {
    name: "attention",
    dims: tokens,
    build: inPrecision((graph, x) => attention(graph, x, x, x, { heads: 2 })),
  },
];
