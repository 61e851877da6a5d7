import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { goldenFolder } from "../models/golden.ts";
import { tensorsOf } from "./files.ts";
import { asm } from "./pickle/assembler.ts";
import { torchZip } from "./pickle/torchZip.ts";

/** A tiny editing model in the layout of the original programs. */
export const singleFile = gunzipSync(readFileSync(`${goldenFolder("ldm")}/editor.safetensors.gz`));

/** The same weights as a training of InstructPix2Pix leaves them: in a state_dict, noise with the average beside it. */
export function lightning(): Buffer {
  const storages: Buffer[] = [];
  const state: Record<string, Buffer> = {};
  const put = (name: string, dims: number[], data: Buffer, type: string, bytes: number) => {
    state[name] = asm.tensor({ key: `${storages.length}`, elements: data.length / bytes, dims, type });
    storages.push(data);
  };
  for (const { name, dtype, dims, data } of tensorsOf(singleFile)) {
    if (dtype !== "F16") continue;
    const isUNet = name.startsWith("model.diffusion_model.");
    put(name, dims, isUNet ? Buffer.alloc(data.length, 0x3c) : data, "HalfStorage", 2);
    if (isUNet) put(`model_ema.${name.slice("model.".length).replaceAll(".", "")}`, dims, data, "HalfStorage", 2);
  }
  put("model_ema.decay", [], Buffer.alloc(4), "FloatStorage", 4);
  const checkpoint = asm.global("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint");
  const callbacks = asm.join("}", checkpoint, asm.dict({ best: asm.text("model.ckpt") }), "s");
  return torchZip(asm.pickle(asm.dict({ epoch: asm.int(52), state_dict: asm.dict(state), callbacks })), ...storages);
}
