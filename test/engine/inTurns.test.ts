import { expect, it } from "vitest";
import { inTurns, type Turn } from "../../gpu-worker/engine/inTurns.ts";
import type { EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { learnTask } from "../../gpu-worker/tasks/inversion/learnTask.ts";
import { picture, tinyModel } from "./support.ts";

const evaluations = [
  ...["encodeText", "encodeImage", "decodeLatent", "denoise"],
  ...["denoiseBatch", "denoiseDeep", "differentiate"],
] as const;

it("makes a turn of every evaluation of a training, its preparation and its pictures included", async () => {
  const model = await openEditModel(tinyModel, { device: "cpu", threads: 1 });
  let open = 0;
  let inside = 0;
  const asked: string[] = [];
  const watched: Record<string, unknown> = { ...model };
  for (const name of evaluations) {
    const evaluate = model[name as "encodeText"];
    watched[name] = (...args: Parameters<typeof evaluate>) => {
      expect(open, name).toBe(1);
      expect(inside++, name).toBe(0); // one to a turn
      asked.push(name);
      return evaluate(...args);
    };
  }
  const turn: Turn = async (work) => {
    [open, inside] = [open + 1, 0];
    try {
      return await work();
    } finally {
      open--;
    }
  };
  const examples = [{ input: picture, output: picture, instruction: "leave it" }];
  const request = { name: "same", examples, seed: 1, steps: 2 };
  const paced = inTurns(watched as unknown as EditModel, turn);
  const { file } = await learnTask(paced, request);
  expect(new Set(asked)).toEqual(new Set(["encodeText", "encodeImage", "decodeLatent", "denoise", "differentiate"]));
  expect(file).toEqual((await learnTask(model, request)).file);
  await model.close();
});
