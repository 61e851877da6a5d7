// A child of `emend bench engine`: times one U-Net in the engine and prints one JSON object, so that its peak memory
// is its own. Arguments: checkpoint folder, case name, rounds, and "gradient" to time a forward and backward pass.
import { performance } from "node:perf_hooks";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { timeEmbedWidth } from "../../gpu-worker/models/unet/classEmbedding.ts";
import { EditUNet } from "../../gpu-worker/models/unet/EditUNet.ts";
import { engineCases } from "./cases.ts";

const [folder, name, rounds, mode] = process.argv.slice(2);
const which = engineCases.find((each) => each.name === name)!;
const [channels, height, width] = which.latent;
const size = channels * height * width;

let state = 1;
/** Uniform in −1 … 1: the values do not matter, that they are not zeros does. */
const noise = (length: number) =>
  Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });

const started = performance.now();
const unet = await EditUNet.open(
  new CheckpointPart(folder!, "unet"),
  { latentChannels: channels, downscale: 8, head: which.head, hasTasks: which.hasTasks },
  { device: "cpu" },
);
const input = {
  latent: { dims: [1, ...which.latent], data: noise(size) },
  image: { dims: [1, ...which.latent], data: noise(size) },
  text: {
    states: { dims: [1, ...which.context], data: noise(which.context[0] * which.context[1]) },
    pooled: noise(which.context[1]),
  },
  timestep: 500,
  ...(which.hasTasks && { task: noise(which.context[1]) }),
};
const dims = [1, ...which.latent];
const evaluations = {
  forward: () => unet.denoise(input),
  // What task inversion does: loss and gradient by what is learned, weights frozen.
  gradient: () =>
    unet.differentiate({
      latent: input.latent,
      image: input.image,
      target: { dims, data: noise(size) },
      weights: new Float32Array(size).fill(1 / size),
      timesteps: Float32Array.of(input.timestep),
      texts: [input.text],
      conditioning: which.hasTasks
        ? { task: noise(which.context[1]) }
        : { tokens: noise(which.context[1]), time: new Float32Array(timeEmbedWidth(unet.config)) },
    }),
};
const evaluate = evaluations[mode === "gradient" ? "gradient" : "forward"];

await evaluate();
const load = performance.now() - started;
await evaluate();
const times: number[] = [];
for (let i = 0; i < Number(rounds); i++) {
  const before = performance.now();
  await evaluate();
  times.push(performance.now() - before);
}
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    milliseconds: times[times.length >> 1],
    fastest: times[0],
    firstEvaluation: load,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
await unet.close();
