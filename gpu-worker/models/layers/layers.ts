import { add } from "../../graph/ops/arithmetic.ts";
import { conv2d } from "../../graph/ops/conv2d.ts";
import { groupNorm } from "../../graph/ops/groupNorm.ts";
import { layerNorm } from "../../graph/ops/layerNorm.ts";
import { prefersChannelsLast } from "../../graph/ops/layout.ts";
import { linear } from "../../graph/ops/linear.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { skipGroupNorm } from "../../graph/ops/skipGroupNorm.ts";
import type { Value } from "../../graph/Value.ts";
import { type ActivationName, activations } from "./activation.ts";
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

export interface GroupNormOptions {
  readonly groups: number;
  readonly epsilon: number;
  readonly activation?: ActivationName;
  /** Added to x before, `[N, C]`. */
  readonly shift?: Value | undefined;
}

/** torch.nn.GroupNorm over x `[N, C, H, W]`, with what stands before and behind it in a resnet block. */
export function groupNormLayer(
  scope: Scope,
  x: Value,
  { groups, epsilon, activation, shift }: GroupNormOptions,
): Value {
  const { graph } = scope;
  const dims = [x.dims[1]!];
  const [scale, bias] = [scope.weight("weight", dims), scope.weight("bias", dims)];
  const isSilu = activation === "silu" || activation === "swish";
  const fused = prefersChannelsLast(graph, x) && (isSilu || !activation);
  const attributes = { groups, epsilon, ...(fused && isSilu && { activation: "silu" as const }) };
  if (fused && shift) return skipGroupNorm(graph, x, [scale, bias, shift], attributes);
  const shifted = shift ? add(graph, x, reshape(graph, shift, [...shift.dims, 1, 1])) : x; // [N, C] → [N, C, 1, 1]
  const normal = groupNorm(graph, shifted, scale, bias, attributes);
  return fused || !activation ? normal : activations[activation](graph, normal);
}

/** torch.nn.LayerNorm over the last axis. */
export function layerNormLayer(scope: Scope, x: Value, epsilon: number): Value {
  const dims = [x.dims.at(-1)!];
  return layerNorm(scope.graph, x, scope.weight("weight", dims), scope.weight("bias", dims), epsilon);
}
