import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import { openTensors } from "../checkpoint/openTensors.ts";
import type { TensorStore } from "../checkpoint/TensorStore.ts";
import { Graph } from "../graph/Graph.ts";
import type { Picture } from "../image/Picture.ts";
import { clipVisionModel } from "../models/clip/CLIPVisionModel.ts";
import { linearLayer } from "../models/layers/layers.ts";
import { Scope } from "../models/layers/Scope.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { SessionCache } from "../models/SessionCache.ts";
import { tryBuild } from "../models/tryBuild.ts";
import type { ConceptSet, Concepts } from "./Concepts.ts";
import { type ConceptConfig, conceptConfigSchema } from "./conceptConfig.ts";
import { ImageProcessor } from "./ImageProcessor.ts";
import { isUnsafeEmbedding } from "./isUnsafeEmbedding.ts";
import { requireFinite } from "./requireFinite.ts";
import type { SafetyChecker } from "./SafetyChecker.ts";

/** How many concepts there are; the classes of diffusers have these numbers built in. */
const counts = { concept_embeds: 17, special_care_embeds: 3 } as const;

/** diffusers' StableDiffusionSafetyChecker: CLIP's view of a picture against unsafe concepts. */
export class ConceptChecker implements SafetyChecker {
  readonly name: string;
  readonly #config: ConceptConfig;
  readonly #store: TensorStore;
  readonly #concepts: Concepts;
  readonly #processor: ImageProcessor;
  readonly #device: ModelContext["device"];
  readonly #sessions: SessionCache;

  private constructor(
    name: string,
    config: ConceptConfig,
    store: TensorStore,
    concepts: Concepts,
    processor: ImageProcessor,
    context: ModelContext,
  ) {
    this.name = name;
    this.#config = config;
    this.#store = store;
    this.#concepts = concepts;
    this.#processor = processor;
    this.#device = context.device;
    this.#sessions = new SessionCache(context, 1);
  }

  /**
   * @param part `safety_checker`
   * @param extractor `feature_extractor`; what is missing there has CLIP's defaults
   * @throws EmendError `bad_model`
   */
  static async open(
    name: string,
    part: CheckpointPart,
    extractor: CheckpointPart,
    context: ModelContext,
  ): Promise<ConceptChecker> {
    const config = await part.readJson("config.json", conceptConfigSchema);
    const store = await openTensors(part, "model");
    const concepts = {
      unsafe: await readConcepts(store, "concept_embeds", config),
      specialCare: await readConcepts(store, "special_care_embeds", config),
    };
    const processor = await ImageProcessor.open(extractor, "clip", config.vision.image_size);
    const checker = new ConceptChecker(name, config, store, concepts, processor, context);
    tryBuild(`${part.label}/config.json`, () => checker.#build());
    return checker;
  }

  async isUnsafe(picture: Picture): Promise<boolean> {
    return isUnsafeEmbedding(await this.embed(this.#processor.pixels(picture).data), this.#concepts);
  }

  /** Normalised pixels `[1, 3, side, side]` → the picture's embedding `[projection_dim]`. */
  async embed(pixels: Float32Array): Promise<Float32Array> {
    const session = await this.#sessions.get("embed", () => this.#build());
    return requireFinite((await session.run({ pixels })).embedding!.data, this.name);
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const graph = new Graph(this.#device);
    const { vision, projection_dim } = this.#config;
    const scope = new Scope(graph, this.#store);
    const pixels = graph.input("pixels", [1, 3, vision.image_size, vision.image_size]);
    const pooled = clipVisionModel(scope.at("vision_model"), vision, pixels);
    graph.output("embedding", linearLayer(scope.at("visual_projection"), pooled, projection_dim));
    return graph;
  }
}

async function readConcepts(
  store: TensorStore,
  name: keyof typeof counts,
  { projection_dim }: ConceptConfig,
): Promise<ConceptSet> {
  return {
    directions: await store.read(name, [counts[name], projection_dim]),
    thresholds: await store.read(`${name}_weights`, [counts[name]]),
  };
}
