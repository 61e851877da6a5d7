import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import type { LearnProgress, LearnRequest } from "../../gpu-worker/engine/learning.ts";
import type { EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { learnTask } from "../../gpu-worker/tasks/inversion/learnTask.ts";
import { readLearnedTask } from "../../gpu-worker/tasks/learned/learnedTaskFile.ts";
import { tinyModel } from "../engine/support.ts";
import { paint } from "../image/pictures.ts";

const tinyPix2Pix = fileURLToPath(new URL("../golden/ip2p", import.meta.url));
const source = (i: number) => paint(48, 40, (x, y) => [x * 5, y * 6, (i * 60) % 256]);
const target = (i: number) => paint(48, 40, (x, y) => [255 - x * 5, y * 6, (i * 60) % 256]);
const examples = [1, 2].map((i) => ({ input: source(i), output: target(i), instruction: `turn the reds around ${i}` }));
const request: LearnRequest = { name: "turn-reds", description: "Turns reds around.", examples, seed: 7, steps: 40 };

describe.each([
  ["with a task table", tinyModel],
  ["without one", tinyPix2Pix],
])("learning a task on a model %s", { timeout: 60_000 }, (_, folder) => {
  let model: EditModel;
  beforeAll(async () => {
    model = await openEditModel(folder, { device: "cpu", threads: 1 });
  });
  afterAll(() => model.close());

  it("lowers the loss, and gives a file that says how it came about", async () => {
    const { file, losses, steps, pictures } = await learnTask(model, request);
    const least = Math.min(...losses.map(([, loss]) => loss));
    expect(losses[0]![0]).toBe(0);
    expect(least).toBeLessThan(losses[0]![1]);
    expect(pictures).toHaveLength(2);
    const task = readLearnedTask(file);
    expect(task).toMatchObject({ name: "turn-reds", description: "Turns reds around.", seed: 7, steps, losses });
    expect(task.instructions).toEqual(["turn the reds around 1", "turn the reds around 2"]);
    expect(task.checkpoint).toBe(await model.hash());
    expect(task.examples).toHaveLength(2);
  });

  it("gives the same bytes for the same request and seed, and others for another seed", async () => {
    const short = { ...request, steps: 5 };
    const [one, two, three] = [
      await learnTask(model, short),
      await learnTask(model, short),
      await learnTask(model, { ...short, seed: 8 }),
    ];
    expect(two.file).toEqual(one.file);
    expect(three.file).not.toEqual(one.file);
  });

  it("takes the samples of a batch one by one on a large network, and comes to the same", async () => {
    const sizes = new Set<number>();
    const large: EditModel = {
      ...model,
      parameters: 860_000_000,
      differentiate(input) {
        sizes.add(input.texts.length);
        return model.differentiate(input);
      },
    };
    const learn = async (by: EditModel) =>
      (await learnTask(by, { ...request, steps: 3 }, {}, { start: "zero" })).losses;
    const [single, whole] = [await learn(large), await learn(model)];
    expect([...sizes]).toEqual([1]);
    expect(single).toHaveLength(2);
    for (const [i, [step, loss]] of whole.entries()) {
      expect(single[i]![0]).toBe(step);
      expect(Math.abs(single[i]![1] / loss - 1)).toBeLessThan(1e-3);
    }
  });

  it("goes on from a saved state and ends as if it had never stopped", async () => {
    const short = { ...request, steps: 30 };
    const whole = await learnTask(model, short);
    const stop = new AbortController();
    let saved: Uint8Array | undefined;
    const turns: number[] = [];
    const onProgress = ({ step, checkpoint }: LearnProgress) => {
      turns.push(step);
      saved = checkpoint ?? saved;
      if (saved && step >= 12) stop.abort();
    };
    const settings = { checkpointMilliseconds: 0 };
    const stopped = learnTask(model, short, { onProgress, signal: stop.signal }, settings);
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(turns.at(-1)).toBe(12);
    const resumed = await learnTask(model, { ...short, resume: saved! });
    expect(resumed.file).toEqual(whole.file);
  });

  it("does not go on from the state of another request", async () => {
    let saved: Uint8Array | undefined;
    const settings = { checkpointMilliseconds: 0 };
    const onProgress = ({ checkpoint }: LearnProgress) => {
      saved = checkpoint ?? saved;
    };
    await learnTask(model, { ...request, steps: 2 }, { onProgress }, settings);
    for (const other of [
      { ...request, steps: 2, seed: 8 },
      { ...request, steps: 3 },
      { ...request, steps: 2, examples: examples.slice(1) },
    ]) {
      await expect(learnTask(model, { ...other, resume: saved! })).rejects.toMatchObject({ code: "bad_usage" });
    }
  });

  it("leaves the model as it was", async () => {
    const about = { picture: source(3), instruction: "make it red", noise: seededNoise(1) };
    const options = {
      ...about,
      task: model.tasks.size > 0 ? "add" : "auto",
      steps: 2,
      textGuidance: 2,
      imageGuidance: 1,
    };
    const before = await edit(model, options);
    await learnTask(model, { ...request, steps: 3 });
    expect((await edit(model, options)).output).toEqual(before.output);
  });
});

describe("what is learned on a model without a task table", () => {
  it("changes nothing as long as it is zero, to the bit", async () => {
    const model = await openEditModel(tinyPix2Pix, { device: "cpu", threads: 1 });
    const { context, time } = model.widths;
    const common = { picture: source(1), instruction: "make it red", steps: 3, textGuidance: 7.5, imageGuidance: 1.5 };
    const plain = await edit(model, { ...common, task: "auto", noise: seededNoise(2) });
    const zero = { tokens: new Float32Array(4 * context), time: new Float32Array(time) };
    const learned = await edit(model, { ...common, task: zero, noise: seededNoise(2) });
    expect(learned.output).toEqual(plain.output);
    zero.time[0] = 3;
    zero.tokens[5] = 3;
    expect((await edit(model, { ...common, task: zero, noise: seededNoise(2) })).output).not.toEqual(plain.output);
    await model.close();
  });
});
