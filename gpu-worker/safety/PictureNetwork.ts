import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import type { TensorStore } from "../checkpoint/TensorStore.ts";
import { Graph } from "../graph/Graph.ts";
import type { Value } from "../graph/Value.ts";
import type { Picture } from "../image/Picture.ts";
import { Scope } from "../models/layers/Scope.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { SessionCache } from "../models/SessionCache.ts";
import { tryBuild } from "../models/tryBuild.ts";
import type { ImageProcessor } from "./ImageProcessor.ts";
import { requireFinite } from "./requireFinite.ts";

export interface PictureNetworkParts {
  /** How messages name who looks. */
  readonly name: string;
  readonly part: CheckpointPart;
  readonly store: TensorStore;
  readonly processor: ImageProcessor;
  /** Of the square that the network reads, in pixels. */
  readonly side: number;
  /** From normalised pixels `[1, 3, side, side]` to what is computed of them. */
  readonly network: (scope: Scope, pixels: Value) => Value;
}

/** A network that looks at pictures. */
export class PictureNetwork {
  readonly #parts: PictureNetworkParts;
  readonly #device: ModelContext["device"];
  readonly #sessions: SessionCache;

  /** @throws EmendError `bad_model` when the weights do not fit */
  constructor(parts: PictureNetworkParts, context: ModelContext) {
    this.#parts = parts;
    this.#device = context.device;
    this.#sessions = new SessionCache(context, 1);
    tryBuild(`${parts.part.label}/config.json`, () => this.#build());
  }

  see(picture: Picture): Promise<Float32Array> {
    return this.compute(this.#parts.processor.pixels(picture).data);
  }

  /** @throws EmendError `engine_failed` when the result is not numbers */
  async compute(pixels: Float32Array): Promise<Float32Array> {
    const session = await this.#sessions.get("see", () => this.#build());
    return requireFinite((await session.run({ pixels })).seen!.data, this.#parts.name);
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const { store, side, network } = this.#parts;
    const graph = new Graph(this.#device);
    graph.output("seen", network(new Scope(graph, store), graph.input("pixels", [1, 3, side, side])));
    return graph;
  }
}
