import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import { openTensors } from "../checkpoint/openTensors.ts";
import type { TensorStore } from "../checkpoint/TensorStore.ts";
import type { Picture } from "../image/Picture.ts";
import { clipVisionModel } from "../models/clip/CLIPVisionModel.ts";
import { linearLayer } from "../models/layers/layers.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import type { ConceptSet, Concepts } from "./Concepts.ts";
import { type ConceptConfig, conceptConfigSchema } from "./conceptConfig.ts";
import { ImageProcessor } from "./ImageProcessor.ts";
import { isUnsafeEmbedding } from "./isUnsafeEmbedding.ts";
import { PictureNetwork } from "./PictureNetwork.ts";
import type { SafetyChecker } from "./SafetyChecker.ts";

/** How many concepts there are; the classes of diffusers have these numbers built in. */
const counts = { concept_embeds: 17, special_care_embeds: 3 } as const;

/** diffusers' StableDiffusionSafetyChecker: CLIP's view of a picture against unsafe concepts. */
export class ConceptChecker implements SafetyChecker {
  readonly name: string;
  readonly #network: PictureNetwork;
  readonly #concepts: Concepts;

  private constructor(name: string, network: PictureNetwork, concepts: Concepts) {
    this.name = name;
    this.#network = network;
    this.#concepts = concepts;
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
    const { vision, ...config } = await part.readJson("config.json", conceptConfigSchema);
    const store = await openTensors(part, "model");
    const concepts = {
      unsafe: await readConcepts(store, "concept_embeds", config),
      specialCare: await readConcepts(store, "special_care_embeds", config),
    };
    const side = vision.image_size;
    const processor = await ImageProcessor.open(extractor, "clip", side);
    const network = new PictureNetwork(
      {
        ...{ name, part, store, processor, side },
        network(scope, pixels) {
          const pooled = clipVisionModel(scope.at("vision_model"), vision, pixels);
          return linearLayer(scope.at("visual_projection"), pooled, config.projection_dim);
        },
      },
      context,
    );
    return new ConceptChecker(name, network, concepts);
  }

  async isUnsafe(picture: Picture): Promise<boolean> {
    return isUnsafeEmbedding(await this.#network.see(picture), this.#concepts);
  }

  /** Normalised pixels `[1, 3, side, side]` → the picture's embedding `[projection_dim]`. */
  embed(pixels: Float32Array): Promise<Float32Array> {
    return this.#network.compute(pixels);
  }

  close(): Promise<void> {
    return this.#network.close();
  }
}

async function readConcepts(
  store: TensorStore,
  name: keyof typeof counts,
  { projection_dim }: Pick<ConceptConfig, "projection_dim">,
): Promise<ConceptSet> {
  return {
    directions: await store.read(name, [counts[name], projection_dim]),
    thresholds: await store.read(`${name}_weights`, [counts[name]]),
  };
}
