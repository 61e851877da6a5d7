import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import type { EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";

const folder = new URL("../golden/pipeline/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder));
const picture = (name: string) => decodePicture(read(name), { maxPixels: 1e6, maxBytes: 1e6 });

/** Made by training/goldens/make_pipeline.py from diffusers' StableDiffusionInstructPix2PixPipeline. */
interface Golden {
  seed: number;
  instruction: string;
  cases: {
    config: Record<string, unknown>;
    steps: number;
    textGuidance: number;
    imageGuidance: number;
    picture: string;
  }[];
}
const golden: Golden = JSON.parse(read("cases.json").toString());

describe("the whole InstructPix2Pix pipeline", () => {
  let model: EditModel;
  beforeAll(async () => {
    model = await openEditModel(fileURLToPath(new URL("../golden/ip2p", import.meta.url)), { device: "cpu" });
  });
  afterAll(() => model.close());

  // 3e-3 is the promise; the cases lie 5e-3 to 1e-1 apart from each other, and what is measured is below 3e-6, so a
  // tenth of the promise already means that something broke.
  it.each(golden.cases)(
    "meets diffusers: $config._class_name, $steps steps, s_T $textGuidance, s_I $imageGuidance",
    async (each) => {
      const { output, evaluations } = await edit(
        { ...model, schedulerConfig: each.config },
        {
          ...each,
          picture: await picture("source.png"),
          instruction: golden.instruction,
          task: "auto",
          noise: seededNoise(golden.seed),
        },
      );
      const expected = await picture(each.picture);
      expect([output.width, output.height]).toEqual([expected.width, expected.height]);
      const difference = expected.data.reduce((sum, value, i) => sum + Math.abs(value - output.data[i]!), 0);
      const mean = difference / expected.data.length / 255;
      expect(mean).toBeLessThan(3e-4);
      const branches = each.imageGuidance === 1 || each.imageGuidance === each.textGuidance ? 2 : 3;
      expect(evaluations).toBe(each.steps * branches);
    },
  );
});
