import { floatsOf } from "../floatsOf.ts";
import { Graph, type Initializer } from "../Graph.ts";
import { Session } from "../Session.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { weightFile } from "../weightFile.ts";
import { blockedConv, blockedWeight } from "./blockedConv.ts";
import { channelBlock } from "./channelBlock.ts";
import { type ConvLayout, chooseLayout } from "./chooseLayout.ts";
import { winogradConv, winogradWeight } from "./winogradConv.ts";

export interface PackOptions {
  /** Where weights are kept; default `$EMEND_HOME/weights`. */
  readonly folder?: string;
}

/**
 * Gives convolutions of the CPU the layout that they are fastest in (`chooseLayout`). Weights are written in it on first use, one file each, and mapped from then on: onnxruntime would copy
 * them into each session's own memory, which takes seconds. Every shape of picture shares the files.
 * @throws EmendError `engine_failed` when they cannot be written
 */
export async function packConvolutions(graph: Graph, { folder }: PackOptions = {}): Promise<void> {
  const block = await channelBlock();
  const weights = new Map(graph.initializers.map((each) => [each.value.name, each]));
  const packed = new Map<string, Value>();
  for (const node of graph.nodes.splice(0)) {
    const weight = weights.get(node.inputs[1] ?? "");
    const layout = weight?.value.type === "float32" ? chooseLayout(node, weight.value.dims, block) : undefined;
    if (!weight || !layout) {
      graph.nodes.push(node);
      continue;
    }
    const name = `${weight.value.name} (${nameOf(layout)})`;
    if (!packed.has(name)) packed.set(name, await pack(graph, name, weight, layout, folder));
    const [n, , height, width] = node.dims[0] as [number, number, number, number];
    const channels = weight.value.dims[1]!;
    const value = (name: string, dims: readonly number[]): Value => ({ name, type: "float32", dims });
    // A blocked convolution may change the size, but does not look at it.
    const x = value(node.inputs[0]!, [n, channels, height, width]);
    const bias = node.inputs.slice(2).map((input) => value(input, [node.dims[0]![1]!]));
    const inputs = [x, packed.get(name)!, ...bias];
    if (layout.kind === "winograd") winogradConv(graph, inputs, layout.tile);
    else blockedConv(graph, inputs, { attributes: node.attributes, dims: node.dims[0]! });
    graph.nodes.push({ ...graph.nodes.pop()!, outputs: node.outputs });
  }
  graph.dropUnused();
}

/** Also the files' ending: whoever changes a layout or Winograd's points changes its name, so that old files are not taken. */
const nameOf = (layout: ConvLayout): string =>
  layout.kind === "winograd" ? `winograd${layout.tile}` : `blocked${layout.block}`;

/** The weight in the layout, as a constant of the graph. It is made by a graph of its own. */
async function pack(
  graph: Graph,
  name: string,
  weight: Initializer,
  layout: ConvLayout,
  folder: string | undefined,
): Promise<Value> {
  const { dims } = weight.value;
  const converter = new Graph();
  const input = converter.input("weight", dims);
  const made =
    layout.kind === "winograd"
      ? winogradWeight(converter, input, layout.tile)
      : blockedWeight(converter, input, layout.block);
  converter.output("packed", made);
  const size = 4 * sizeOf(made.dims);
  const file = await weightFile({ weights: [weight], layout: nameOf(layout), size, folder }, async (handle) => {
    const session = await Session.create(converter, { device: "cpu" });
    try {
      const { data } = (await session.run({ weight: await floatsOf(weight) })).packed!;
      await handle.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } finally {
      await session.release();
    }
  });
  return graph.initializer(name, made.dims, { file, offset: 0, length: size });
}
