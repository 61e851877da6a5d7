import { writeSafetensors } from "../../gpu-worker/checkpoint/writeSafetensors.ts";

/**
 * A safetensors file with weights by rule: training/goldens/make_safety.py gives the reference the same, so that a network
 * of real size needs no file in git.
 */
export function patternedWeights(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const tensors = Object.keys(shapes)
    .sort()
    .map((name, index) => {
      const dims = shapes[name]!;
      const size = dims.reduce((product, dim) => product * dim, 1);
      const fan = dims.length > 1 ? size / dims[0]! : 100;
      const data = new Float32Array(size);
      for (let i = 0; i < size; i++) {
        const residue = (i * i * 7 + i * 31 + index * 997) % 65_521;
        data[i] = ((residue / 32_760.5 - 1) * 2) / Math.sqrt(fan);
      }
      return [name, { dims, data }] as const;
    });
  return writeSafetensors(Object.fromEntries(tensors), { format: "pt" });
}
