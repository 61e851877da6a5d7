import type { Graph } from "../Graph.ts";
import type { Value } from "../Value.ts";
import { channelsFirst, channelsLast, prefersChannelsLast } from "./layout.ts";
import { reshape } from "./reshape.ts";
import { transpose } from "./transpose.ts";

/** Image `[N, C, H, W]` → a row for each pixel `[N·H·W, C]`. */
export function toTokens(graph: Graph, image: Value): Value {
  const [n, c, h, w] = image.dims as [number, number, number, number];
  if (prefersChannelsLast(graph, image)) return reshape(graph, channelsLast(graph, image), [n * h * w, c]);
  return reshape(graph, transpose(graph, reshape(graph, image, [n, c, h * w]), [0, 2, 1]), [n * h * w, c]);
}

/** The way back: rows `[N·H·W, C]` → image of the given dimensions `[N, C, H, W]`. */
export function fromTokens(graph: Graph, rows: Value, dims: readonly number[]): Value {
  const [n, c, h, w] = dims as [number, number, number, number];
  if (graph.device === "cuda" && rows.type === "float16") {
    return channelsFirst(graph, reshape(graph, rows, [n, h, w, c]));
  }
  return reshape(graph, transpose(graph, reshape(graph, rows, [n, h * w, c]), [0, 2, 1]), dims);
}
