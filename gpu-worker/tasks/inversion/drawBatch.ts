import type { DifferentiateInput } from "../../models/EditModel.ts";
import type { PreparedExample } from "./prepareExamples.ts";
import { uniforms } from "./uniforms.ts";

export interface BatchOptions {
  readonly seed: number;
  /** Standard normal values, many times a latent's: a sample's noise is a run of them from a random place, which costs nothing. */
  readonly noise: Float32Array;
  /** Which draw of the seed. */
  readonly stream: number;
  readonly size: number;
  /** Shape of one latent, `[c, h, w]`. */
  readonly shape: readonly number[];
  readonly alphasCumprod: Float64Array;
  readonly predictionType: "epsilon" | "v_prediction" | "sample";
  /** Share of samples of pure noise, 0 … 1; the others' timesteps are uniform. */
  readonly pureNoise: number;
  /** Share of samples that see no source, as in training. */
  readonly dropImage: number;
  /** min-SNR-γ weighting (Hang et al. 2023) with this γ; none without. */
  readonly minSnr?: number;
}

/** A batch of examples at random timesteps with random noise; the same for the same seed and stream. */
export function drawBatch(
  examples: readonly PreparedExample[],
  options: BatchOptions,
): Omit<DifferentiateInput, "conditioning"> {
  const { seed, noise, stream, size, shape, alphasCumprod, predictionType, pureNoise, dropImage, minSnr } = options;
  const length = shape.reduce((a, b) => a * b);
  const dims = [size, ...shape];
  const [latent, image, target, weights] = Array.from({ length: 4 }, () => new Float32Array(size * length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const draws = uniforms(seed, 0x1000 + stream, size * 5);
  const last = alphasCumprod.length - 1;
  const timesteps = new Float32Array(size);
  const texts = [];
  for (let n = 0; n < size; n++) {
    const [which, pure, when, drop, place] = draws.slice(n * 5, n * 5 + 5) as [number, number, number, number, number];
    // Every example comes as often as any other: the draw only shifts the order.
    const example = examples[(stream * size + n + Math.floor(which * examples.length)) % examples.length]!;
    const t = pure < pureNoise ? last : Math.floor(when * (last + 1));
    const [alpha, sigma] = [Math.sqrt(alphasCumprod[t]!), Math.sqrt(1 - alphasCumprod[t]!)];
    const start = Math.floor(place * noise.length);
    const weight = snrWeight(alphasCumprod[t]!, predictionType, minSnr) / size;
    for (let i = 0, at = n * length; i < length; i++, at++) {
      const [x, e] = [example.target[i]!, noise[(start + i) % noise.length]!];
      latent[at] = alpha * x + sigma * e;
      target[at] = predictionType === "sample" ? x : predictionType === "epsilon" ? e : alpha * e - sigma * x;
      weights[at] = example.weights[i]! * weight;
    }
    if (drop >= dropImage) image.set(example.source, n * length);
    timesteps[n] = t;
    texts.push(example.text);
  }
  const as = (data: Float32Array) => ({ dims, data });
  return { latent: as(latent), image: as(image), target: as(target), weights, timesteps, texts };
}

/** min(SNR, γ) / SNR for ε, min(SNR, γ) for x₀, min(SNR, γ) / (SNR + 1) for v. */
function snrWeight(alphaBar: number, type: BatchOptions["predictionType"], gamma: number | undefined): number {
  if (gamma === undefined) return 1;
  const snr = alphaBar / Math.max(1 - alphaBar, 1e-12);
  const least = Math.min(snr, gamma);
  if (type === "sample") return least;
  return type === "epsilon" ? least / Math.max(snr, 1e-12) : least / (snr + 1);
}
