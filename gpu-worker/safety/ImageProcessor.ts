import { z } from "zod";
import { badModel } from "../checkpoint/badModel.ts";
import type { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import type { TensorData } from "../graph/TensorData.ts";
import type { Picture } from "../image/Picture.ts";
import { resizeLikePillow } from "../image/resizeLikePillow.ts";
import { only } from "../models/layers/configSchema.ts";

const side = z.int().positive().max(4096);
const box = z.object({ height: side, width: side });
const three = z.tuple([z.number(), z.number(), z.number()]);

/** `preprocessor_config.json` of transformers' CLIPImageProcessor and ViTImageProcessor, today's and older ones. */
const fileSchema = z.object({
  do_resize: only(true),
  do_rescale: only(true),
  do_normalize: only(true),
  do_center_crop: z.boolean().optional(),
  size: z.union([side, z.object({ shortest_edge: side }), box]).optional(),
  crop_size: z.union([side, box]).optional(),
  resample: z.literal([2, 3], { error: "not supported, only 2 (bilinear) and 3 (bicubic)" }).optional(),
  rescale_factor: z.number().positive().optional(),
  image_mean: three.optional(),
  image_std: three.optional(),
});

interface Settings {
  /** The shorter side, or both. */
  readonly size: { readonly shortest_edge: number } | { readonly height: number; readonly width: number };
  readonly crop: boolean;
  readonly resample: 2 | 3;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** What the classes do where the file says nothing, for a network that reads squares of so many pixels. */
const defaults = {
  clip: (length: number): Settings => ({
    size: { shortest_edge: length },
    crop: true,
    resample: 3,
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  }),
  vit: (length: number): Settings => ({
    size: { height: length, width: length },
    crop: false,
    resample: 2,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  }),
};

/** A picture as a network for looking at pictures wants it. */
export class ImageProcessor {
  readonly #settings: Settings;
  readonly #side: number;
  readonly #factor: number;

  private constructor(settings: Settings, side: number, factor: number) {
    this.#settings = settings;
    this.#side = side;
    this.#factor = factor;
  }

  /**
   * Reads `preprocessor_config.json`; without one, the defaults of the kind hold.
   * @param side of the square that the network reads
   * @throws EmendError `bad_model`
   */
  static async open(part: CheckpointPart, kind: keyof typeof defaults, side: number): Promise<ImageProcessor> {
    const name = "preprocessor_config.json";
    const file = part.has(name) ? await part.readJson(name, fileSchema) : fileSchema.parse({});
    const usual = defaults[kind](side);
    const settings: Settings = {
      size: typeof file.size === "number" ? defaults[kind](file.size).size : (file.size ?? usual.size),
      crop: file.do_center_crop ?? usual.crop,
      resample: file.resample ?? usual.resample,
      mean: file.image_mean ?? usual.mean,
      std: file.image_std ?? usual.std,
    };
    const crop =
      typeof file.crop_size === "number" ? { height: file.crop_size, width: file.crop_size } : file.crop_size;
    const seen = settings.crop ? (crop ?? { height: side, width: side }) : settings.size;
    const resized =
      "shortest_edge" in settings.size ? settings.size.shortest_edge : Math.min(...Object.values(settings.size));
    if (!("height" in seen) || seen.height !== side || seen.width !== side || resized < side) {
      throw badModel(`${part.label}/${name}`, `makes no pictures of ${side} × ${side} pixels, which the network reads`);
    }
    return new ImageProcessor(settings, side, file.rescale_factor ?? 1 / 255);
  }

  /** `[1, 3, side, side]` */
  pixels(picture: Picture): TensorData {
    const { size, resample, mean, std } = this.#settings;
    const side = this.#side;
    const resized = "shortest_edge" in size ? byShortestEdge(picture, size.shortest_edge) : size;
    const window = {
      left: Math.floor((resized.width - side) / 2),
      top: Math.floor((resized.height - side) / 2),
      width: side,
      height: side,
    };
    const { data } = resizeLikePillow(picture, resized, resample, window);
    const planes = new Float32Array(3 * side * side);
    for (let i = 0; i < side * side; i++) {
      for (let c = 0; c < 3; c++) planes[c * side * side + i] = (data[3 * i + c]! * this.#factor - mean[c]!) / std[c]!;
    }
    return { dims: [1, 3, side, side], data: planes };
  }
}

/** As transformers' get_resize_output_image_size: the longer side is cut off to whole pixels. */
function byShortestEdge({ width, height }: Picture, edge: number): { width: number; height: number } {
  return width <= height
    ? { width: edge, height: Math.trunc((edge * height) / width) }
    : { width: Math.trunc((edge * width) / height), height: edge };
}
