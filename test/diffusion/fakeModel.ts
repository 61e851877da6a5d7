import type { Predictor } from "../../gpu-worker/diffusion/chooseTask.ts";
import type { DeepInput, DenoiserInput, EditModel } from "../../gpu-worker/models/EditModel.ts";

/** Knows a task more than the model below; what begins with "thanks" is no edit. */
export const fakePredictor: Predictor = {
  predict: async (instruction) => ({
    tasks: [
      { name: "depth", probability: 0.5 },
      { name: "add", probability: instruction.includes("remove") ? 0.1 : 0.4 },
      { name: "remove", probability: instruction.includes("remove") ? 0.4 : 0.1 },
    ],
    edit: instruction.startsWith("thanks") ? 0.05 : 0.99,
  }),
};

export interface FakeModel extends EditModel {
  /** Every evaluation that was asked for, and how deep it had to go. */
  readonly asked: DenoiserInput[];
  readonly askedDeep: DeepInput[];
}

/** A pixel-space model of x-prediction that answers with its source made redder, and remembers what it was asked. */
export function fakeModel(overrides: Partial<EditModel> = {}): FakeModel {
  const asked: DenoiserInput[] = [];
  const askedDeep: DeepInput[] = [];
  const answer = ({ image, latent }: DenoiserInput) => {
    const plane = image.data.length / 3;
    return { dims: latent.dims, data: image.data.map((value, i) => (i < plane ? value + 0.5 : value)) };
  };
  return {
    name: "fake",
    device: "cpu",
    multiple: 8,
    resolution: 16,
    widths: { context: 2, time: 4 },
    parameters: 1000,
    latentScale: 1,
    latentChannels: 3,
    downscale: 1,
    schedulerConfig: {
      _class_name: "DDIMScheduler",
      prediction_type: "sample",
      rescale_betas_zero_snr: true,
      timestep_spacing: "trailing",
      clip_sample: false,
    },
    defaults: { steps: 4, textGuidance: 2, imageGuidance: 1.5 },
    tasks: new Map([
      ["add", Float32Array.of(1, 0)],
      ["remove", Float32Array.of(0, 1)],
    ]),
    encodeText: async (text) => {
      const length = Float32Array.of(text.length);
      return { states: { dims: [1, 1, 1], data: length }, pooled: length };
    },
    encodeImage: async ({ width, height, data }) => ({
      dims: [1, 3, height, width],
      data: Float32Array.from({ length: data.length }, (_, i) => {
        const plane = width * height;
        return data[(i % plane) * 3 + Math.floor(i / plane)]! / 127.5 - 1;
      }),
    }),
    decodeLatent: async ({ dims, data }) => {
      const [height, width] = [dims[2]!, dims[3]!];
      const value = (i: number) => data[(i % 3) * width * height + Math.floor(i / 3)]!;
      const bytes = Uint8Array.from({ length: data.length }, (_, i) =>
        Math.min(Math.max((value(i) + 1) * 127.5, 0), 255),
      );
      return { width, height, data: bytes };
    },
    denoise: async (input) => {
      asked.push(input);
      return answer(input);
    },
    denoiseDeep: async (input, deep) => {
      asked.push(input);
      askedDeep.push(deep);
      const feature = { dims: [1], data: Float32Array.of(asked.length) };
      return { prediction: answer(input), ...(deep.use ? {} : { deep: feature }) };
    },
    batch: 1,
    denoiseBatch: async (inputs) => {
      asked.push(...inputs);
      return inputs.map(answer);
    },
    work: ({ width, height }) => ({
      ...{ whole: 1e6 * width * height, shallow: 1e5 * width * height },
      ...{ encode: 0, decode: { full: 0, tiny: 0 } },
    }),
    differentiate: async () => {
      throw new Error("the fake model has no gradient");
    },
    hash: async () => "0".repeat(64),
    close: async () => {},
    ...overrides,
    asked,
    askedDeep,
  };
}
