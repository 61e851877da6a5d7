// A child of `emend bench engine`: times one U-Net in the engine and prints one JSON object, so that its peak memory
// is its own. Arguments: checkpoint folder, case name, rounds.
import { performance } from "node:perf_hooks";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { EditUNet } from "../../gpu-worker/models/unet/EditUNet.ts";
import { engineCases } from "./cases.ts";

const [folder, name, rounds] = process.argv.slice(2);
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
  { latentChannels: channels, head: which.head, hasTasks: which.hasTasks },
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
await unet.denoise(input);
const load = performance.now() - started;
await unet.denoise(input);
const times: number[] = [];
for (let i = 0; i < Number(rounds); i++) {
  const before = performance.now();
  await unet.denoise(input);
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
