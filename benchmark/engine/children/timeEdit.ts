// A child of `emend bench engine --edit`: one whole edit in the engine. Arguments: checkpoint folder, picture, steps,
// text and image guidance.
import { readFile } from "node:fs/promises";
import { LocalEngine } from "../../../gpu-worker/engine/LocalEngine.ts";
import { decodePicture } from "../../../gpu-worker/image/decodePicture.ts";
import { machine } from "../../report/machine.ts";
import { say } from "./say.ts";

const [folder, file, steps, textGuidance, imageGuidance] = process.argv.slice(2) as string[];
const engine = await LocalEngine.open(folder!, { device: "cpu" });
const picture = await decodePicture(await readFile(file!), { maxBytes: 2 ** 26, maxPixels: 2 ** 24 });
const times: number[] = [];
let before: number | undefined;
await engine.edit(
  {
    ...{ picture, instruction: "make the boat red", task: "auto", seed: 1, steps: Number(steps) },
    resolution: picture.width, // the peers' too, whatever the checkpoint's own
    ...{ textGuidance: Number(textGuidance), imageGuidance: Number(imageGuidance) },
  },
  {
    previews: false,
    onProgress() {
      const now = performance.now();
      if (before !== undefined) times.push(now - before); // the first step includes the preparation of the networks
      before = now;
    },
  },
);
say({ times, version: `onnxruntime-node ${machine().onnxruntime}` });
await engine.close();
