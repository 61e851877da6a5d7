// A child of `emend bench engine`: times one U-Net in the engine, so that its peak memory is its own. Arguments: checkpoint
// folder, the file of inputs, rounds, where the prediction goes, and "gradient" for a forward and backward pass.
import { readFile, writeFile } from "node:fs/promises";
import { parseSafetensors } from "../../../gpu-worker/checkpoint/parseSafetensors.ts";
import { writeSafetensors } from "../../../gpu-worker/checkpoint/writeSafetensors.ts";
import { openEditModel } from "../../../gpu-worker/models/openEditModel.ts";
import { machine } from "../../report/machine.ts";
import { say } from "./say.ts";
import { timeRounds } from "./timeRounds.ts";

const [folder, inputs, rounds, output, mode] = process.argv.slice(2) as string[];
const { sample, timestep, context, label } = parseSafetensors(inputs!, await readFile(inputs!)).tensors;

const model = await openEditModel(folder!, { device: "cpu" });
// The peers' input is what the engine joins: noisy latent, source's latent; text states, a task's token; task, pooled text.
const dims = [1, model.latentChannels, ...sample!.dims.slice(2)];
const length = dims.reduce((a, b) => a * b);
const [, rows, textWidth] = context!.dims as [number, number, number];
const tokens = rows - (label ? 1 : 0);
const task = label?.data.slice(0, textWidth);
const input = {
  latent: { dims, data: sample!.data.slice(0, length) },
  image: { dims, data: sample!.data.slice(length, 2 * length) },
  text: {
    states: { dims: [1, tokens, textWidth], data: context!.data.slice(0, tokens * textWidth) },
    pooled: label?.data.slice(textWidth) ?? new Float32Array(textWidth),
  },
  timestep: timestep!.data[0]!,
  ...(task && { task }),
};
const evaluations = {
  forward: async () => (await model.denoise(input)).data,
  // What task inversion does: loss and gradient by what is learned, weights frozen.
  gradient: async () => {
    const { gradient } = await model.differentiate({
      latent: input.latent,
      image: input.image,
      target: { dims, data: new Float32Array(length).fill(0.5) },
      weights: new Float32Array(length).fill(1 / length),
      timesteps: Float32Array.of(input.timestep),
      texts: [input.text],
      conditioning: task
        ? { task }
        : { tokens: new Float32Array(textWidth), time: new Float32Array(model.widths.time) },
    });
    return Object.values(gradient)[0]!;
  },
};
const evaluate = evaluations[mode === "gradient" ? "gradient" : "forward"];

const prediction = await evaluate();
say({ first: true });
const file = writeSafetensors({ prediction: { dims: [prediction.length], data: prediction } }, {});
await writeFile(output!, file);
await evaluate();
const { times, processor } = await timeRounds(Number(rounds), evaluate);
say({ times, processor, version: `onnxruntime-node ${machine().onnxruntime}` });
await model.close();
