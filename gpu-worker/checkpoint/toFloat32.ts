import type { Dtype } from "./TensorInfo.ts";

/** Element types that `toFloat32` can widen. */
export type FloatDtype = "F64" | "F32" | "F16" | "BF16";

export const isFloat = (dtype: Dtype): dtype is FloatDtype =>
  dtype === "F64" || dtype === "F32" || dtype === "F16" || dtype === "BF16";

/** The numbers of a tensor as float32. `bytes` must be aligned to the element size. */
export function toFloat32(bytes: Uint8Array, dtype: FloatDtype): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  switch (dtype) {
    case "F64":
      return Float32Array.from(new Float64Array(buffer, byteOffset, byteLength / 8));
    case "F32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "F16":
      return new Float32Array(new Float16Array(buffer, byteOffset, byteLength / 2));
    case "BF16": {
      // bfloat16 is the upper half of a float32.
      const halves = new Uint16Array(buffer, byteOffset, byteLength / 2);
      const words = new Uint32Array(halves.length);
      for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
      return new Float32Array(words.buffer);
    }
  }
}
