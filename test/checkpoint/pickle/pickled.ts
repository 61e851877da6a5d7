import type { tensorsOf } from "../files.ts";
import { asm } from "./assembler.ts";
import { torchZip } from "./torchZip.ts";

type Tensors = ReturnType<typeof tensorsOf>;

/** float32 tensors as `torch.save` writes a state dictionary. */
export function pickled(tensors: Tensors): Buffer {
  const weight = ({ dims, data }: Tensors[number], i: number) =>
    asm.tensor({ key: `${i}`, elements: data.length / 4, dims });
  const table = asm.dict(Object.fromEntries(tensors.map((tensor, i) => [tensor.name, weight(tensor, i)])));
  return torchZip(asm.pickle(table), ...tensors.map(({ data }) => data));
}
