import type { Graph } from "../Graph.ts";
import type { OnnxNode } from "../OnnxNode.ts";
import type { Value } from "../Value.ts";

const domain = "com.microsoft.nchwc";

/** A kernel `[out, in, kh, kw]` in onnxruntime's layout: `[out / block, in / block, kh, kw, block of in, block of out]`. */
export function blockedWeight(graph: Graph, weight: Value, block: number): Value {
  const [out, width, h, w] = weight.dims as [number, number, number, number];
  const parts = [out / block, block, width / block, block, h * w];
  const apart = graph.node("Reshape", [weight, graph.ints(parts)], parts);
  const perm = [0, 2, 4, 3, 1];
  const blocked = graph.node(
    "Transpose",
    [apart],
    perm.map((axis) => parts[axis]!),
    { attributes: { perm } },
  );
  return graph.node("Reshape", [blocked, graph.ints(weight.dims)], weight.dims);
}

/** What onnxruntime makes of a convolution itself when it may copy weights. Inputs: x `[N, in, H, W]`, blocked weight, bias. */
export function blockedConv(
  graph: Graph,
  [x, ...others]: readonly Value[],
  { attributes, dims }: { readonly attributes: OnnxNode["attributes"]; readonly dims: readonly number[] },
): Value {
  const blocks = graph.node("ReorderInput", [x], x!.dims, { domain });
  const convolved = graph.node("Conv", [blocks, ...others], dims, { domain, attributes });
  return graph.node("ReorderOutput", [convolved], dims, { domain, attributes: { channels: dims[1]! } });
}
