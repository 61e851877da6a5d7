// A child of `emend bench batching`: times one evaluation of a checkpoint's U-Net for n inputs and prints one JSON object,
// so that its peak memory is its own. Arguments: checkpoint folder, n, evaluations to time, side in pixels.
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { readEnv } from "../../src/env.ts";

const [folder, n, rounds, side] = [process.argv[2]!, ...process.argv.slice(3).map(Number)] as [
  string,
  number,
  number,
  number,
];
const model = await openEditModel(folder, { device: readEnv().EMEND_DEVICE, batch: n });
const picture = { width: side, height: side, data: new Uint8Array(3 * side * side).map((_, i) => (i * 37) % 251) };
const image = await model.encodeImage(picture);
const text = await model.encodeText("make the boat red");
const [task] = model.tasks.values();
const inputs = Array.from({ length: n }, (_, i) => ({
  latent: { dims: image.dims, data: image.data.map((value, at) => value + Math.sin(at + i)) },
  ...{ image, text, timestep: 900 - 20 * i, ...(task && { task }) },
}));
await model.denoiseBatch(inputs);
const times: number[] = [];
const before = process.cpuUsage();
for (let i = 0; i < rounds; i++) {
  const start = performance.now();
  await model.denoiseBatch(inputs);
  times.push(performance.now() - start);
}
const { user, system } = process.cpuUsage(before);
const cpuMilliseconds = (user + system) / 1000 / rounds;
times.sort((a, b) => a - b);
const milliseconds = times[times.length >> 1];
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ inputs: n, milliseconds, cpuMilliseconds, peakMegabytes }));
await model.close();
