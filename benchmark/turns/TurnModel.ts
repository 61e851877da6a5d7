import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { readEnv } from "../../src/env.ts";

/** A model that tells its own input and output, before anything is composed. */
export interface TurnModel {
  readonly name: string;
  readonly device: string;
  answer(
    picture: Picture,
    instruction: string,
    task: string,
    seed: number,
  ): Promise<{ input: Picture; output: Picture }>;
  close(): Promise<void>;
}

/** @throws EmendError `bad_model` */
export async function openTurnModel(folder: string): Promise<TurnModel> {
  const model = await openEditModel(folder, { device: readEnv().EMEND_DEVICE });
  const { name, device, defaults } = model;
  return {
    ...{ name, device },
    answer: (picture, instruction, task, seed) =>
      edit(
        model,
        {
          ...{ picture, instruction, ...defaults },
          task: model.tasks.size > 0 ? task : "auto",
          noise: seededNoise(seed),
        },
        { previews: false },
      ),
    close: () => model.close(),
  };
}
