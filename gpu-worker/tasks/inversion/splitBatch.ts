import type { DifferentiateInput } from "../../models/EditModel.ts";

export type Batch = Omit<DifferentiateInput, "conditioning">;

/**
 * A batch in parts of at most `size` samples. Its weights stand for the whole batch, so that losses and gradients of the
 * parts sum to the batch's own, up to rounding.
 */
export function splitBatch(batch: Batch, size: number): Batch[] {
  const { latent, image, target, weights, timesteps, texts } = batch;
  const count = texts.length;
  if (size >= count) return [batch];
  const each = weights.length / count;
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => {
    const [first, end] = [i * size, Math.min(count, (i + 1) * size)];
    const part = ({ dims, data }: Batch["latent"]) => ({
      dims: dims.with(0, end - first),
      data: data.subarray(first * each, end * each),
    });
    return {
      ...{ latent: part(latent), image: part(image), target: part(target) },
      weights: weights.subarray(first * each, end * each),
      timesteps: timesteps.subarray(first, end),
      texts: texts.slice(first, end),
    };
  });
}
