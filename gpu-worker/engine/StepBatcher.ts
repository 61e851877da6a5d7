import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../diffusion/throwIfCancelled.ts";
import { maxBatch } from "../models/batchSizes.ts";
import type { DenoiserInput, EditModel, TensorData } from "../models/EditModel.ts";
import { shapeKey } from "../models/shapeKey.ts";

/**
 * Turns of the event loop without a new input after which a batch is evaluated. An edit that was answered asks for its
 * next step within one turn, unless it decodes a preview.
 */
const quietTurns = 2;

interface Waiting {
  readonly input: DenoiserInput;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (prediction: TensorData) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts the denoising steps of different edits into common evaluations of the U-Net: whoever waits when the network is
 * free goes along, each with its own timestep and conditioning, so that a new edit joins at the next step and nobody
 * waits for an edit to end. Whoever has waited longest is always in the next batch, and decides its shape.
 */
export class StepBatcher {
  readonly #model: Pick<EditModel, "denoiseBatch">;
  readonly #limit: number;
  #waiting: Waiting[] = [];
  #isRunning = false;

  /** @param limit inputs per evaluation, at most `maxBatch` */
  constructor(model: Pick<EditModel, "denoiseBatch">, limit: number = maxBatch) {
    this.#model = model;
    this.#limit = Math.min(limit, maxBatch);
  }

  /** The network's prediction for one input. @throws EmendError `cancelled` when the signal comes while it waits */
  denoise(input: DenoiserInput, signal?: AbortSignal): Promise<TensorData> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, signal, resolve, reject });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await this.#settle();
      const batch = this.#take();
      if (batch.length > 0) await this.#evaluate(batch);
    }
    this.#isRunning = false;
  }

  /** Until nobody has come for a few turns of the event loop, or a batch is full. */
  async #settle(): Promise<void> {
    let quiet = 0;
    while (quiet < quietTurns && this.#waiting.length < this.#limit) {
      const before = this.#waiting.length;
      await setImmediate();
      quiet = this.#waiting.length > before ? 0 : quiet + 1;
    }
  }

  /** The longest waiting and those of its shape, in their order. Who was cancelled is told and leaves. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const others: Waiting[] = [];
    for (const each of this.#waiting) {
      const fits = !batch[0] || shapeKey(batch[0].input) === shapeKey(each.input);
      try {
        throwIfCancelled(each.signal);
        (fits && batch.length < this.#limit ? batch : others).push(each);
      } catch (error) {
        each.reject(error);
      }
    }
    this.#waiting = others;
    return batch;
  }

  async #evaluate(batch: readonly Waiting[]): Promise<void> {
    try {
      const predictions = await this.#model.denoiseBatch(batch.map(({ input }) => input));
      for (const [i, { resolve }] of batch.entries()) resolve(predictions[i]!);
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error);
      // One input's fault, or too much for the memory: by itself, each of the others still has its answer.
      for (const each of batch) await this.#evaluate([each]);
    }
  }
}
