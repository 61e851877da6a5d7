import type { Graph } from "../../gpu-worker/graph/Graph.ts";
import type { OnnxNode } from "../../gpu-worker/graph/OnnxNode.ts";

/** What the schemas of onnxruntime's docs/ContribOperators.md say these compute, in ONNX's own operators. */
const definitions: Readonly<Record<string, (node: OnnxNode, graph: Graph, name: string) => OnnxNode[]>> = {
  /** X `[N, H, W, C]`, W `[M, kH, kW, C]`. */
  NhwcConv: ({ inputs, outputs, attributes }, _, name) => [
    transpose(inputs[0]!, `${name}/x`, [0, 3, 1, 2]),
    transpose(inputs[1]!, `${name}/w`, [0, 3, 1, 2]),
    onnx("Conv", [`${name}/x`, `${name}/w`, ...inputs.slice(2)], [`${name}/y`], attributes),
    transpose(`${name}/y`, outputs[0]!, [0, 2, 3, 1]),
  ],
  /** X `[N, H, W, C]`; gamma and beta are float32, or the sums below do not fit. */
  GroupNorm: (node, _, name) => groupNorm(node, node.inputs[0]!, name),
  SkipGroupNorm: (node, graph, name) => {
    const axes = graph.ints([1, 2]).name; // skip is (N, C)
    return [
      onnx("Unsqueeze", [node.inputs[3]!, axes], [`${name}/skip`]),
      onnx("Add", [node.inputs[0]!, `${name}/skip`], [`${name}/sum`]),
      ...groupNorm(node, `${name}/sum`, name),
    ];
  },
  BiasSplitGelu: ({ inputs, outputs }, _, name) => [
    onnx("Add", inputs, [`${name}/biased`]),
    onnx("Split", [`${name}/biased`], [`${name}/left`, `${name}/right`], { axis: -1, num_outputs: 2 }),
    onnx("Gelu", [`${name}/right`], [`${name}/gelu`]),
    onnx("Mul", [`${name}/left`, `${name}/gelu`], outputs),
  ],
};

/** Replaces the operators that only CUDA has by their definitions, so that the graph runs on the CPU. */
export function lower(graph: Graph): Map<string, number> {
  const counts = new Map<string, number>();
  const lowered = graph.nodes.flatMap((node, i) => {
    const define = node.domain === "com.microsoft" ? definitions[node.opType] : undefined;
    if (!define) return [node];
    counts.set(node.opType, (counts.get(node.opType) ?? 0) + 1);
    return define(node, graph, `lowered_${i}`);
  });
  graph.nodes.splice(0, graph.nodes.length, ...lowered);
  return counts;
}

function groupNorm({ inputs, outputs, attributes }: OnnxNode, x: string, name: string): OnnxNode[] {
  const { groups, epsilon, activation } = attributes;
  return [
    onnx("Cast", [x], [`${name}/wide`], { to: 1 }),
    transpose(`${name}/wide`, `${name}/first`, [0, 3, 1, 2]),
    onnx("GroupNormalization", [`${name}/first`, inputs[1]!, inputs[2]!], [`${name}/normal`], {
      num_groups: groups!,
      epsilon: epsilon!,
    }),
    onnx("Sigmoid", [`${name}/normal`], [`${name}/gate`]),
    onnx("Mul", [`${name}/normal`, `${name}/gate`], [`${name}/silu`]),
    transpose(activation === 1 ? `${name}/silu` : `${name}/normal`, `${name}/last`, [0, 2, 3, 1]),
    onnx("Cast", [`${name}/last`], [outputs[0]!], { to: 10 }),
  ];
}

const onnx = (
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: OnnxNode["attributes"] = {},
): OnnxNode => ({ opType, domain: "", inputs, outputs, dims: [], type: "float32", attributes });

const transpose = (from: string, to: string, perm: readonly number[]): OnnxNode =>
  onnx("Transpose", [from], [to], { perm });
