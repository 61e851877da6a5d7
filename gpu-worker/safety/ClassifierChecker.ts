import { EmendError } from "../../src/errors/EmendError.ts";
import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import { openTensors } from "../checkpoint/openTensors.ts";
import type { TensorStore } from "../checkpoint/TensorStore.ts";
import { Graph } from "../graph/Graph.ts";
import type { Picture } from "../image/Picture.ts";
import { Scope } from "../models/layers/Scope.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { SessionCache } from "../models/SessionCache.ts";
import { tryBuild } from "../models/tryBuild.ts";
import { type VitConfig, vitConfigSchema } from "../models/vit/config.ts";
import { vitForImageClassification } from "../models/vit/ViTForImageClassification.ts";
import { ImageProcessor } from "./ImageProcessor.ts";
import { requireFinite } from "./requireFinite.ts";
import type { SafetyChecker } from "./SafetyChecker.ts";

export interface ClassifierOptions {
  /** Labels that count as unsafe, in any case. */
  readonly labels: readonly string[];
  /** A picture is unsafe when their probabilities sum to this or more, 0 … 1. */
  readonly threshold: number;
}

/** A transformers ViTForImageClassification, some of whose labels are unsafe. */
export class ClassifierChecker implements SafetyChecker {
  readonly name: string;
  readonly #config: VitConfig;
  readonly #store: TensorStore;
  readonly #unsafe: readonly number[];
  readonly #threshold: number;
  readonly #processor: ImageProcessor;
  readonly #device: ModelContext["device"];
  readonly #sessions: SessionCache;

  private constructor(
    name: string,
    config: VitConfig,
    store: TensorStore,
    unsafe: readonly number[],
    threshold: number,
    processor: ImageProcessor,
    context: ModelContext,
  ) {
    this.name = name;
    this.#config = config;
    this.#store = store;
    this.#unsafe = unsafe;
    this.#threshold = threshold;
    this.#processor = processor;
    this.#device = context.device;
    this.#sessions = new SessionCache(context, 1);
  }

  /** @throws EmendError `bad_model`, `bad_usage` when the classifier has none of the labels */
  static async open(
    name: string,
    part: CheckpointPart,
    options: ClassifierOptions,
    context: ModelContext,
  ): Promise<ClassifierChecker> {
    const config = await part.readJson("config.json", vitConfigSchema);
    const wanted = new Set(options.labels.map((label) => label.toLowerCase()));
    const unsafe = [...config.labels.keys()].filter((i) => wanted.has(config.labels[i]!.toLowerCase()));
    if (unsafe.length === 0) {
      const found = config.labels.slice(0, 20).join(", ");
      const message = `${part.label} tells ${found}; say with EMEND_SAFETY_LABELS which of them are unsafe.`;
      throw new EmendError("bad_usage", message);
    }
    const store = await openTensors(part, "model");
    const processor = await ImageProcessor.open(part, "vit", config.image_size);
    const checker = new ClassifierChecker(name, config, store, unsafe, options.threshold, processor, context);
    tryBuild(`${part.label}/config.json`, () => checker.#build());
    return checker;
  }

  async isUnsafe(picture: Picture): Promise<boolean> {
    const probabilities = await this.classify(this.#processor.pixels(picture).data);
    return this.#unsafe.reduce((sum, i) => sum + probabilities[i]!, 0) >= this.#threshold;
  }

  /** Normalised pixels `[1, 3, side, side]` → probabilities of the labels. */
  async classify(pixels: Float32Array): Promise<Float32Array> {
    const session = await this.#sessions.get("classify", () => this.#build());
    return requireFinite((await session.run({ pixels })).probabilities!.data, this.name);
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const graph = new Graph(this.#device);
    const side = this.#config.image_size;
    const pixels = graph.input("pixels", [1, 3, side, side]);
    const scope = new Scope(graph, this.#store);
    graph.output("probabilities", vitForImageClassification(scope, this.#config, pixels));
    return graph;
  }
}
