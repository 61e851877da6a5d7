import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import { Scope } from "../../gpu-worker/models/layers/Scope.ts";

/**
 * The weights that a network asks for, in the order in which it does.
 * @param build emits the network @param has whether a weight that it may do without is there
 */
export function weightShapes(
  build: (scope: Scope, graph: Graph) => void,
  has: (name: string) => boolean = () => true,
): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  const source = {
    has,
    source(name: string, dims: readonly number[]) {
      shapes.set(name, dims);
      return { file: "/", offset: 0, length: 4 * sizeOf(dims) };
    },
  };
  const graph = new Graph();
  build(new Scope(graph, source), graph);
  return shapes;
}
