// A child of `emend bench engine --learn`: some steps of `emend task learn`. Arguments: checkpoint folder, steps, side in pixels.
import { openEditModel } from "../../../gpu-worker/models/openEditModel.ts";
import { learnTask } from "../../../gpu-worker/tasks/inversion/learnTask.ts";
import { machine } from "../../report/machine.ts";
import { say } from "./say.ts";

const [folder, steps, side] = process.argv.slice(2) as string[];
const size = Number(side);
const model = await openEditModel(folder!, { device: "cpu" });
const picture = (level: number) => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: 3 * size * size }, (_, i) => (i * level) % 251),
});
const times: number[] = [];
let before: number | undefined;
const { steps: done } = await learnTask(
  model,
  {
    name: "bench",
    examples: [{ input: picture(3), output: picture(5), instruction: "make it so" }],
    seed: 1,
    steps: Number(steps),
    resolution: size,
  },
  {
    onProgress({ step, steps, preview }) {
      const now = performance.now();
      // The first is preceded by everything that no step changes, some end with a preview, the last with a look at held-out noise.
      if (before !== undefined && !preview && step < steps) times.push(now - before);
      before = now;
    },
  },
  // Looks at held-out noise, every twenty steps, would be most of so short a run; one example, not 24 variants of it.
  { augmentBelow: 0, every: Number.MAX_SAFE_INTEGER },
);
say({ times, steps: done, version: `onnxruntime-node ${machine().onnxruntime}` });
await model.close();
