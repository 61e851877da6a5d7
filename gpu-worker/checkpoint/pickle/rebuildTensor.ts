import { maxRank } from "../maxRank.ts";
import { dtypeBytes } from "../TensorInfo.ts";
import { PickledTensor } from "./PickledTensor.ts";
import { PickleTuple } from "./PickleTuple.ts";
import type { PickleValue } from "./PickleValue.ts";
import { StorageRange } from "./StorageRange.ts";

/**
 * torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks): a view of a storage.
 * `undefined` when it is not one that lies inside the storage, or has more elements than it.
 */
export function rebuildTensor({ items }: PickleTuple): PickledTensor | undefined {
  const [storage, offset, size, stride] = items;
  const dims = counts(size);
  const strides = counts(stride);
  if (items.length < 6 || items.length > 7 || !(storage instanceof StorageRange)) return undefined;
  if (!isCount(offset) || !dims || !strides || dims.length !== strides.length) return undefined;

  const elements = dims.reduce((product, dim) => product * dim, 1);
  // The last element's place, and a bound that keeps a repeated row (stride 0) from becoming terabytes.
  const last = dims.reduce((sum, dim, i) => sum + (dim - 1) * strides[i]!, offset);
  if (elements > storage.length || (elements > 0 && last >= storage.length)) return undefined;

  const bytes = dtypeBytes[storage.dtype];
  const place = elements === 0 ? 0 : offset;
  return new PickledTensor({
    dtype: storage.dtype,
    dims,
    offset: storage.offset + place * bytes,
    length: elements * bytes,
    ...(isRowMajor(dims, strides) ? {} : { strides }),
  });
}

const isCount = (value: PickleValue | undefined): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function counts(value: PickleValue | undefined): number[] | undefined {
  if (!(value instanceof PickleTuple) || value.items.length > maxRank) return undefined;
  return value.items.every(isCount) ? [...value.items] : undefined;
}

/** Whether the elements lie one after the other, the last axis fastest. Axes of one element may have any stride. */
function isRowMajor(dims: readonly number[], strides: readonly number[]): boolean {
  if (dims.includes(0)) return true;
  let step = 1;
  for (let i = dims.length - 1; i >= 0; i--) {
    if (dims[i] !== 1 && strides[i] !== step) return false;
    step *= dims[i]!;
  }
  return true;
}
