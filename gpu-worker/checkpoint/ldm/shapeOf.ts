import { badModel } from "../badModel.ts";
import type { StoredTensor } from "../StoredTensor.ts";
import { shorten } from "../shorten.ts";

/** Shape of the tensor of that name, with so many axes. @throws EmendError `bad_model` */
export function shapeOf(
  label: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  axes: number,
): readonly number[] {
  const dims = tensors.get(name)?.dims;
  if (!dims) throw badModel(label, `has no "${shorten(name)}" (diffusers' name), which every Stable Diffusion 1 has`);
  if (dims.length !== axes)
    throw badModel(label, `tensor "${shorten(name)}" (diffusers' name) is [${dims.join(", ")}]`);
  return dims;
}
