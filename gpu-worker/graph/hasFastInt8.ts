import { readFileSync } from "node:fs";

/** Dot products of bytes: AVX-512 VNNI, AVX-VNNI, AMX; on ARM the dot product extension. */
const features = /\b(avx512_vnni|avx_vnni|amx_int8|asimddp)\b/;

/**
 * Whether this processor multiplies int8 matrices a good deal faster than float32 ones. On older x86 it does not, and onnxruntime
 * then loses precision to saturation besides. Only Linux tells.
 */
export function hasFastInt8(cpuinfo = "/proc/cpuinfo"): boolean {
  try {
    return features.test(readFileSync(cpuinfo, "utf8"));
  } catch {
    return false;
  }
}
