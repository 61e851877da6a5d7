import { EmendError } from "../../src/errors/EmendError.ts";
import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import { openTensors } from "../checkpoint/openTensors.ts";
import type { Picture } from "../image/Picture.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { vitConfigSchema } from "../models/vit/config.ts";
import { vitForImageClassification } from "../models/vit/ViTForImageClassification.ts";
import { ImageProcessor } from "./ImageProcessor.ts";
import { PictureNetwork } from "./PictureNetwork.ts";
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
  readonly #network: PictureNetwork;
  readonly #unsafe: readonly number[];
  readonly #threshold: number;

  private constructor(name: string, network: PictureNetwork, unsafe: readonly number[], threshold: number) {
    this.name = name;
    this.#network = network;
    this.#unsafe = unsafe;
    this.#threshold = threshold;
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
    const side = config.image_size;
    const store = await openTensors(part, "model");
    const processor = await ImageProcessor.open(part, "vit", side);
    const parts = { name, part, store, processor, side };
    const network = new PictureNetwork(
      { ...parts, network: (scope, pixels) => vitForImageClassification(scope, config, pixels) },
      context,
    );
    return new ClassifierChecker(name, network, unsafe, options.threshold);
  }

  async isUnsafe(picture: Picture): Promise<boolean> {
    const probabilities = await this.#network.see(picture);
    return this.#unsafe.reduce((sum, i) => sum + probabilities[i]!, 0) >= this.#threshold;
  }

  /** Normalised pixels `[1, 3, side, side]` → probabilities of the labels. */
  classify(pixels: Float32Array): Promise<Float32Array> {
    return this.#network.compute(pixels);
  }

  close(): Promise<void> {
    return this.#network.close();
  }
}
