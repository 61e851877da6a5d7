import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { StepBatcher } from "../../gpu-worker/engine/StepBatcher.ts";
import type { DenoiserInput, TensorData } from "../../gpu-worker/models/EditModel.ts";

const input = (timestep: number, side = 2): DenoiserInput => {
  const latent = { dims: [1, 1, side, side], data: new Float32Array(side * side) };
  const states = { dims: [1, 1, 1], data: Float32Array.of(timestep) };
  return { latent, timestep, image: latent, text: { states, pooled: new Float32Array(1) } };
};

/** Answers with ten times the timestep; an odd hundred cannot be computed. Remembers which timesteps came together. */
function model() {
  const batches: number[][] = [];
  const denoiseBatch = async (inputs: readonly DenoiserInput[]): Promise<TensorData[]> => {
    batches.push(inputs.map(({ timestep }) => timestep));
    await setImmediate();
    if (inputs.some(({ timestep }) => timestep === 100)) throw new Error("does not fit into memory");
    return inputs.map(({ timestep }) => ({ dims: [1], data: Float32Array.of(10 * timestep) }));
  };
  return { denoiseBatch, batches };
}

const number = async (prediction: Promise<TensorData>) => (await prediction).data[0];

describe("StepBatcher", () => {
  it("evaluates together what waits together, each with its own answer", async () => {
    const { denoiseBatch, batches } = model();
    const batcher = new StepBatcher({ denoiseBatch });
    const asked = [3, 1, 2].map((timestep) => number(batcher.denoise(input(timestep))));
    expect(await Promise.all(asked)).toEqual([30, 10, 20]);
    expect(batches).toEqual([[3, 1, 2]]);
  });

  it("lets a new one join at the next step, and goes on without those that are done", async () => {
    const { denoiseBatch, batches } = model();
    const batcher = new StepBatcher({ denoiseBatch });
    const edit = async (steps: number[]) => {
      for (const step of steps) await batcher.denoise(input(step));
    };
    const long = edit([1, 2, 3, 4, 5]);
    while (batches.length < 2) await setImmediate();
    await Promise.all([long, edit([21, 22])]);
    expect(batches.flat().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 21, 22]);
    expect(batches.filter((batch) => batch.length === 2)).toHaveLength(2);
    expect(batches.length).toBe(5);
  });

  it("takes the longest waiting first, and no other shape with them", async () => {
    const { denoiseBatch, batches } = model();
    const batcher = new StepBatcher({ denoiseBatch }, 2);
    const asked = [input(1), input(2, 4), input(3), input(4), input(5, 4)].map((each) => batcher.denoise(each));
    await Promise.all(asked);
    expect(batches).toEqual([[1, 3], [2, 5], [4]]);
  });

  it("drops who is cancelled while waiting, and nobody else", async () => {
    const { denoiseBatch, batches } = model();
    const batcher = new StepBatcher({ denoiseBatch });
    const controller = new AbortController();
    const [kept, dropped] = [batcher.denoise(input(1)), batcher.denoise(input(2), controller.signal)];
    controller.abort();
    await expect(dropped).rejects.toMatchObject({ code: "cancelled" });
    expect(await number(kept)).toBe(10);
    expect(batches).toEqual([[1]]);
  });

  it("gives the error to the one at fault only", async () => {
    const { denoiseBatch, batches } = model();
    const batcher = new StepBatcher({ denoiseBatch });
    const asked = [1, 100, 2].map((timestep) => number(batcher.denoise(input(timestep))));
    const [first, guilty, last] = await Promise.allSettled(asked);
    expect([first, last]).toEqual([
      { status: "fulfilled", value: 10 },
      { status: "fulfilled", value: 20 },
    ]);
    expect(guilty).toMatchObject({ status: "rejected", reason: { message: "does not fit into memory" } });
    expect(batches).toEqual([[1, 100, 2], [1], [100], [2]]);
    expect(await number(batcher.denoise(input(7)))).toBe(70);
  });
});
