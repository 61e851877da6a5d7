import { type FloatDtype, toFloat32 } from "./toFloat32.ts";

/** Element types that networks compute in. */
export type NetworkDtype = "F32" | "F16";

/** The numbers of a tensor as the bytes of another float type. `bytes` must be aligned to the element size. */
export function convertFloats(bytes: Uint8Array, from: FloatDtype, to: NetworkDtype): Uint8Array {
  const wide = toFloat32(bytes, from);
  const { buffer, byteOffset, byteLength } = to === "F32" ? wide : new Float16Array(wide);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
