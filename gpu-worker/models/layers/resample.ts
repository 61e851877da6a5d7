import { upsampleNearest } from "../../graph/ops/upsampleNearest.ts";
import type { Value } from "../../graph/Value.ts";
import { convLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

/** diffusers' Downsample2D: halves height and width by a convolution of stride 2. */
export function downsample(scope: Scope, x: Value, padding: number): Value {
  // Without padding, diffusers adds one row below and one column at the right.
  const pads = padding === 0 ? ([0, 0, 1, 1] as const) : padding;
  return convLayer(scope.at("conv"), x, x.dims[1]!, { kernel: 3, stride: 2, padding: pads });
}

/** diffusers' Upsample2D: nearest neighbour to `size` (default: twice as large), then a convolution. */
export function upsample(scope: Scope, x: Value, size?: readonly [number, number]): Value {
  const large = upsampleNearest(scope.graph, x, size ?? [x.dims[2]! * 2, x.dims[3]! * 2]);
  return convLayer(scope.at("conv"), large, x.dims[1]!, { kernel: 3, padding: 1 });
}
