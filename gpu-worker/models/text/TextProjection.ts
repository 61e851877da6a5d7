import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import type { Graph } from "../../graph/Graph.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "../layers/layers.ts";
import { Scope } from "../layers/Scope.ts";

/** The linear layer that brings one text encoder's states to the width of the U-Net's context (docs/checkpoints.md). */
export class TextProjection {
  /** Width of the result. */
  readonly width: number;
  readonly #store: TensorStore;
  readonly #name: string;

  private constructor(store: TensorStore, name: string, width: number) {
    this.#store = store;
    this.#name = name;
    this.width = width;
  }

  /**
   * Those of the `text_projection` part, by the encoder's name there ("clip", "t5"). An encoder without one has the right
   * width already.
   * @throws EmendError `bad_model`
   */
  static async open(part: CheckpointPart): Promise<(name: string) => TextProjection | undefined> {
    const store = await openTensors(part, "model");
    return (name) => {
      const width = store.tensors.get(`${name}.weight`)?.dims[0];
      return width === undefined ? undefined : new TextProjection(store, name, width);
    };
  }

  /** States `[N, T, own width]` → `[N, T, width]`. */
  apply(graph: Graph, states: Value): Value {
    return linearLayer(new Scope(graph, this.#store, `${this.#name}.`), states, this.width);
  }
}
