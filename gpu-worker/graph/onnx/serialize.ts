import { relative } from "node:path";
import { onnxDataType } from "../DataType.ts";
import type { Graph, Initializer } from "../Graph.ts";
import { isFileRange } from "../Initializer.ts";
import type { Attribute, OnnxNode } from "../OnnxNode.ts";
import type { Value } from "../Value.ts";
import { modelProto } from "./schema.ts";

// Opset 21 has LayerNormalization, Gelu and Split with num_outputs; IR version 10 is the one that goes with it.
const opset = 21;
const irVersion = 10;
/** TensorProto.DataLocation.EXTERNAL */
const external = 1;

/**
 * The graph as the bytes of an ONNX model.
 * @param folder absolute; initialisers that lie in files are named relative to it
 */
export function serialize(graph: Graph, folder: string): Uint8Array {
  return modelProto
    .encode({
      irVersion,
      producerName: "emend",
      opsetImport: [
        { domain: "", version: opset },
        { domain: "com.microsoft", version: 1 },
        { domain: "com.microsoft.nchwc", version: 1 },
      ],
      graph: {
        name: "graph",
        node: neededNodes(graph).map(nodeProto),
        initializer: graph.initializers.map((initializer) => tensorProto(initializer, folder)),
        input: [...graph.inputs.values()].map(valueInfo),
        output: [...new Set(graph.outputs.values())].map(valueInfo),
      },
    })
    .finish();
}

/** Without those that no output depends on, such as transpositions into a layout that nobody asked for. */
function neededNodes(graph: Graph): OnnxNode[] {
  const needed = new Set([...graph.outputs.values()].map(({ name }) => name));
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    nodes.push(node);
  }
  return nodes.reverse();
}

const nodeProto = (node: OnnxNode) => ({
  opType: node.opType,
  name: node.outputs[0],
  domain: node.domain,
  input: node.inputs,
  output: node.outputs,
  attribute: Object.entries(node.attributes).map(([name, value]) => ({ name, ...attributeValue(value) })),
});

/** The field that holds the value, and AttributeProto.AttributeType. */
function attributeValue(value: Attribute): Record<string, unknown> {
  if (typeof value === "number") return { i: value, type: 2 };
  if (typeof value === "string") return { s: Buffer.from(value), type: 3 };
  if ("float" in value) return { f: value.float, type: 1 };
  return { ints: value, type: 7 };
}

function tensorProto({ value, source }: Initializer, folder: string): Record<string, unknown> {
  const common = { name: value.name, dims: value.dims, dataType: onnxDataType[value.type] };
  if (!isFileRange(source)) return { ...common, rawData: source };
  const entries = { location: relative(folder, source.file), offset: source.offset, length: source.length };
  return {
    ...common,
    dataLocation: external,
    externalData: Object.entries(entries).map(([key, entry]) => ({ key, value: String(entry) })),
  };
}

const valueInfo = (value: Value) => ({
  name: value.name,
  type: {
    tensorType: {
      elemType: onnxDataType[value.type],
      shape: { dim: value.dims.map((dimValue) => ({ dimValue })) },
    },
  },
});
