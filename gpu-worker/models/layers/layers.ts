import { conv2d } from "../../graph/ops/conv2d.ts";
import { groupNorm } from "../../graph/ops/groupNorm.ts";
import { layerNorm } from "../../graph/ops/layerNorm.ts";
import { linear } from "../../graph/ops/linear.ts";
import type { Value } from "../../graph/Value.ts";
import type { Scope } from "./Scope.ts";

/** torch.nn.Linear: x `[…, in]` → `[…, out]`. The bias is used when the checkpoint has one. */
export function linearLayer(scope: Scope, x: Value, out: number): Value {
  const bias = scope.has("bias") ? scope.weight("bias", [out]) : undefined;
  return linear(scope.graph, x, scope.weight("weight", [out, x.dims.at(-1)!]), bias);
}

export interface ConvOptions {
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number | readonly [number, number, number, number];
  /** Default: true. */
  readonly bias?: boolean;
}

/** torch.nn.Conv2d: x `[N, in, H, W]` → `[N, out, H', W']`. */
export function convLayer(
  scope: Scope,
  x: Value,
  out: number,
  { kernel, stride = 1, padding = 0, bias = true }: ConvOptions,
): Value {
  const weight = scope.weight("weight", [out, x.dims[1]!, kernel, kernel]);
  return conv2d(scope.graph, x, weight, bias ? scope.weight("bias", [out]) : undefined, { stride, padding });
}

/** torch.nn.GroupNorm over x `[N, C, H, W]`. */
export function groupNormLayer(scope: Scope, x: Value, groups: number, epsilon: number): Value {
  const dims = [x.dims[1]!];
  return groupNorm(scope.graph, x, scope.weight("weight", dims), scope.weight("bias", dims), { groups, epsilon });
}

/** torch.nn.LayerNorm over the last axis. */
export function layerNormLayer(scope: Scope, x: Value, epsilon: number): Value {
  const dims = [x.dims.at(-1)!];
  return layerNorm(scope.graph, x, scope.weight("weight", dims), scope.weight("bias", dims), epsilon);
}
