import { Graph } from "./Graph.ts";
import type { OnnxNode } from "./OnnxNode.ts";

/**
 * Takes out of a graph what depends on some of its inputs alone, for those that stay the same over many runs: the keys and values of a
 * text over the steps of an edit. The graph keeps the rest; its new inputs are the outputs of what was taken out, by name.
 * @param names of the inputs that stay the same
 * @returns what was taken out; undefined, and the graph as it was, when that is nothing
 */
export function splitInvariant(graph: Graph, names: readonly string[]): Graph | undefined {
  const own = [...graph.inputs].filter(([name]) => names.includes(name));
  const known = new Set(own.map(([, value]) => value.name));
  const constants = new Set(graph.initializers.map(({ value }) => value.name));
  const [taken, left]: [OnnxNode[], OnnxNode[]] = [[], []];
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((input) => input !== "");
    const isInvariant =
      inputs.some((each) => known.has(each)) && inputs.every((each) => known.has(each) || constants.has(each));
    // Only such numbers can be given to a session and taken from it.
    if (!isInvariant || node.type !== "float32") {
      left.push(node);
      continue;
    }
    taken.push(node);
    for (const output of node.outputs) known.add(output);
  }
  const needed = new Set(left.flatMap(({ inputs }) => inputs));
  for (const { name } of graph.outputs.values()) needed.add(name);
  const invariant = new Graph(graph.device, graph.precision);
  for (const { outputs, dims, type } of taken) {
    for (const [i, name] of outputs.entries()) {
      if (needed.has(name)) invariant.output(name, { name, type, dims: dims[i]! });
    }
  }
  if (invariant.outputs.size === 0) return undefined;

  for (const [name, value] of own) {
    invariant.input(name, value.dims, value.type);
    if (!needed.has(value.name)) graph.inputs.delete(name);
  }
  invariant.nodes.push(...taken);
  invariant.initializers.push(...graph.initializers);
  invariant.dropUnused();
  graph.nodes.splice(0, graph.nodes.length, ...left);
  for (const [name, { dims, type }] of invariant.outputs) graph.input(name, dims, type);
  graph.dropUnused();
  return invariant;
}
