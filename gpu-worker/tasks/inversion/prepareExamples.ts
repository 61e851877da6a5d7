import type { LearnExample } from "../../engine/learning.ts";
import type { Picture } from "../../image/Picture.ts";
import { resizePicture } from "../../image/resizePicture.ts";
import type { EditModel, EncodedText } from "../../models/EditModel.ts";
import { uniforms } from "./uniforms.ts";

/** An example as the network sees it: everything that no step changes. */
export interface PreparedExample {
  /** E(c_I) and the clean latent of the output, `[c, h, w]`. */
  readonly source: Float32Array;
  readonly target: Float32Array;
  /** How much each element counts; they sum to 1, or to 2 where what changes counts once more. */
  readonly weights: Float32Array;
  readonly text: EncodedText;
  /** The source at the model's resolution. */
  readonly picture: Picture;
  readonly instruction: string;
}

/** So many variants are made of all examples together: few examples are looked at in more ways. */
const variants = 24;
/** How far a variant may zoom in. More moves things out of the picture that the instruction speaks of. */
const maxZoom = 1.12;
/** Instructions that a mirrored picture would make wrong. */
const sides = /\b(left|right|links?|rechts?|west|east|mirror|flip|text|word|letter|write|caption|sign|says?)/i;

/**
 * Encodes examples once for all steps, as squares of the model's resolution: the whole picture as far as it fits, and for
 * few examples variants that change both pictures of a pair in the same way (mirrored where the instruction allows it,
 * zoomed in a little, another part of a picture that is no square).
 */
export async function prepareExamples(
  model: EditModel,
  examples: readonly LearnExample[],
  { seed, side, augment }: { seed: number; side: number; augment: boolean },
): Promise<PreparedExample[]> {
  const each = augment ? Math.max(1, Math.floor(variants / examples.length)) : 1;
  const prepared: PreparedExample[] = [];
  for (const [i, example] of examples.entries()) {
    const text = await model.encodeText(example.instruction);
    for (let variant = 0; variant < each; variant++) {
      const [flip, zoom, x, y] = uniforms(seed, i * variants + variant, 4) as [number, number, number, number];
      const view = {
        flip: variant % 2 === 1 && flip < 1 && !sides.test(example.instruction),
        zoom: variant === 0 ? 1 : 1 + (maxZoom - 1) * zoom,
        x: variant === 0 ? 0.5 : x,
        y: variant === 0 ? 0.5 : y,
      };
      const [input, output] = [await look(example.input, side, view), await look(example.output, side, view)];
      const [source, target] = [await model.encodeImage(input), await model.encodeImage(output)];
      prepared.push({
        source: source.data,
        target: target.data.map((value) => value * model.latentScale),
        weights: weigh(source.data, target.data, model),
        text,
        picture: input,
        instruction: example.instruction,
      });
    }
  }
  return prepared;
}

interface View {
  readonly flip: boolean;
  readonly zoom: number;
  /** Which part of what does not fit, 0 … 1 from the left and from the top. */
  readonly x: number;
  readonly y: number;
}

/** A square part of a picture at `side` pixels. */
async function look(picture: Picture, side: number, { flip, zoom, x, y }: View): Promise<Picture> {
  const scale = (side / Math.min(picture.width, picture.height)) * zoom;
  const [width, height] = [picture.width, picture.height].map((length) => Math.max(side, Math.round(length * scale)));
  const whole = await resizePicture(picture, { width: width!, height: height! });
  const [left, top] = [Math.round((width! - side) * x), Math.round((height! - side) * y)];
  const data = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const from = ((top + row) * width! + left + (flip ? side - 1 - column : column)) * 3;
      data.set(whole.data.subarray(from, from + 3), (row * side + column) * 3);
    }
  }
  return { width: side, height: side, data };
}

/** A grey level and a half, in codes of [−1, 1]. */
const noticeable = 1.5 / 127.5;
/** Fewer changed elements than this are not made to count more each. */
const leastChanged = 24;

/**
 * Every element counts the same; for codes that are pixels, what changes counts once more, as in training
 * (training/emend_train/losses.py), so that a small object counts as much as a sky.
 */
function weigh(source: Float32Array, target: Float32Array, { downscale, latentChannels }: EditModel): Float32Array {
  const weights = new Float32Array(source.length).fill(1 / source.length);
  if (latentChannels !== 3 * downscale ** 2) return weights;
  const colour = source.length / 3;
  const changed = Array.from({ length: colour }, (_, i) =>
    [0, 1, 2].some((c) => Math.abs(source[c * colour + i]! - target[c * colour + i]!) > noticeable),
  );
  const count = Math.max(leastChanged, 3 * changed.filter(Boolean).length);
  for (let i = 0; i < weights.length; i++) if (changed[i % colour]) weights[i]! += 1 / count;
  return weights;
}
