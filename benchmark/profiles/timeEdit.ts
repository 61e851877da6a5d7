// A child of `emend bench profiles`: times whole edits of a checkpoint by one profile and prints one JSON object, so that its
// peak memory is its own. Arguments: checkpoint folder, profile, decoder, resolution, rounds.

import type { AppliedProfile } from "../../gpu-worker/diffusion/profileSettings.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import type { Decoder } from "../../gpu-worker/models/EditModel.ts";

const [folder, profile, decoder, resolution, rounds] = process.argv.slice(2) as [
  ...[folder: string, profile: AppliedProfile, decoder: Decoder],
  ...[resolution: string, rounds: string],
];
const side = Number(resolution);
const picture = {
  ...{ width: side, height: side },
  data: Uint8Array.from({ length: 3 * side * side }, (_, i) => 128 + 100 * Math.sin(i / 50)),
};

const engine = await LocalEngine.open(folder, { device: "cpu", decoder });
const request = { picture, instruction: "make it a winter evening", task: "auto", profile, resolution: side, seed: 1 };
const results = [];
for (let i = 0; i < Number(rounds); i++) results.push(await engine.edit(request, { previews: false }));
const { steps, evaluations, shallowEvaluations } = results[0]!;
const seconds = results.map(({ milliseconds }) => milliseconds / 1000);
console.log(
  JSON.stringify({
    ...{ steps, evaluations, shallowEvaluations },
    /** The first edit builds the graphs as well. */
    first: seconds[0],
    seconds: Math.min(...seconds),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
await engine.close();
