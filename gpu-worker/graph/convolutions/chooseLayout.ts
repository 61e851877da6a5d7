import type { OnnxNode } from "../OnnxNode.ts";
import type { WinogradTile } from "./winogradMatrices.ts";

/** How a convolution is computed, and so how its weight lies in memory. */
export type ConvLayout =
  | { readonly kind: "winograd"; readonly tile: WinogradTile }
  /** onnxruntime's own: blocks of so many channels. */
  | { readonly kind: "blocked"; readonly block: number };

/** With fewer tiles, reading the weight, 1.8 (m = 2) or 4 times (m = 4) as large, takes longer than is saved. */
const fewestTiles = 64;
const fewestChannels = 64;

/**
 * The fastest layout of a convolution, measured on two cores with AVX-512: F(4×4) takes half a direct convolution's time from 32 × 32
 * pixels on, F(2×2) two thirds from 8 × 8 on.
 * @param weightDims `[out, in, kh, kw]`
 * @param block channels in a block of onnxruntime's layout, if it has one here
 */
export function chooseLayout(
  { opType, domain, dims, attributes }: OnnxNode,
  weightDims: readonly number[],
  block: number | undefined,
): ConvLayout | undefined {
  if (domain !== "" || opType !== "Conv" || attributes.group !== undefined) return;
  const [n, , height, width] = dims[0] as [number, number, number, number];
  const [out, inner] = weightDims as [number, number];
  const are = (name: string, value: number) => (attributes[name] as number[]).every((each) => each === value);
  const keepsSize = are("kernel_shape", 3) && are("strides", 1) && are("pads", 1);
  if (keepsSize && Math.min(out, inner) >= fewestChannels) {
    for (const tile of [4, 2] as const) {
      const fits = height % tile === 0 && width % tile === 0;
      if (fits && (n * height * width) / tile ** 2 >= fewestTiles) return { kind: "winograd", tile };
    }
  }
  if (block !== undefined && out % block === 0 && inner % block === 0) return { kind: "blocked", block };
  return undefined;
}
