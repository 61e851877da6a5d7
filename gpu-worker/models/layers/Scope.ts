import { bytesPerElement } from "../../graph/DataType.ts";
import type { Graph } from "../../graph/Graph.ts";
import { type InitializerSource, isFileRange } from "../../graph/Initializer.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { Value } from "../../graph/Value.ts";

/** Where a network finds its weights: a checkpoint's `TensorStore`, or something that plays one. */
export interface WeightSource {
  has(name: string): boolean;
  /** Where the weight of that name and shape is, of the graph's precision. @throws EmendError `bad_model` when there is none */
  source(name: string, dims: readonly number[]): InitializerSource;
}

/** A place in a network: the graph being built, and the weights below one prefix ("down_blocks.0.resnets.1"). */
export class Scope {
  readonly graph: Graph;
  readonly #store: WeightSource;
  readonly #prefix: string;

  constructor(graph: Graph, store: WeightSource, prefix = "") {
    this.graph = graph;
    this.#store = store;
    this.#prefix = prefix;
  }

  at(name: string | number): Scope {
    return new Scope(this.graph, this.#store, `${this.#prefix}${name}.`);
  }

  has(name: string): boolean {
    return this.#store.has(this.#prefix + name);
  }

  /**
   * The weight of that name and shape, seen as `as` (same numbers in the same order).
   * @throws EmendError `bad_model` when it is missing or has another shape
   */
  weight(name: string, dims: readonly number[], as: readonly number[] = dims): Value {
    const full = this.#prefix + name;
    return this.graph.initializer(full, as, this.#store.source(full, dims), this.graph.precision);
  }

  /** Rows start … end − 1 of a weight, without a copy: they are neighbours in the file. */
  rows(name: string, dims: readonly number[], start: number, end: number): Value {
    const full = this.#prefix + name;
    const source = this.#store.source(full, dims);
    const rowBytes = sizeOf(dims.slice(1)) * bytesPerElement[this.graph.precision];
    const [offset, length] = [start * rowBytes, (end - start) * rowBytes];
    const part = isFileRange(source)
      ? { ...source, offset: source.offset + offset, length }
      : source.subarray(offset, offset + length);
    return this.graph.initializer(`${full}[${start}:${end}]`, dims.with(0, end - start), part, this.graph.precision);
  }
}
