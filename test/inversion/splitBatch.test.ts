import fc from "fast-check";
import { expect, it } from "vitest";
import { splitBatch } from "../../gpu-worker/tasks/inversion/splitBatch.ts";

it("parts hold each sample once, in order, with its own latents, weights and text", () => {
  const counts = { samples: fc.integer({ min: 1, max: 9 }), size: fc.integer({ min: 1, max: 12 }) };
  fc.assert(
    fc.property(fc.record(counts), ({ samples, size }) => {
      const length = 2 * 3;
      const tensor = (sign: number) => ({
        dims: [samples, 1, 2, 3],
        data: Float32Array.from({ length: samples * length }, (_, i) => sign * i),
      });
      const texts = Array.from({ length: samples }, (_, i) => ({
        states: { dims: [1, 1, 1], data: Float32Array.of(i) },
        pooled: Float32Array.of(i),
      }));
      const batch = {
        ...{ latent: tensor(1), image: tensor(2), target: tensor(3), weights: tensor(4).data, texts },
        timesteps: Float32Array.from({ length: samples }, (_, i) => i),
      };
      const parts = splitBatch(batch, size);
      expect(parts.map((part) => part.texts.length)).toEqual(
        Array.from({ length: Math.ceil(samples / size) }, (_, i) => Math.min(size, samples - i * size)),
      );
      for (const name of ["latent", "image", "target"] as const) {
        expect(parts.flatMap((part) => [...part[name].data])).toEqual([...batch[name].data]);
        for (const part of parts) expect(part[name].dims).toEqual([part.texts.length, 1, 2, 3]);
      }
      expect(parts.flatMap((part) => [...part.weights])).toEqual([...batch.weights]);
      expect(parts.flatMap((part) => [...part.timesteps])).toEqual([...batch.timesteps]);
      expect(parts.flatMap((part) => part.texts)).toEqual(texts);
    }),
  );
});
