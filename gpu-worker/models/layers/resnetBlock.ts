import { add, mul } from "../../graph/ops/arithmetic.ts";
import { type GroupNormAttributes, groupNorm } from "../../graph/ops/groupNorm.ts";
import { split } from "../../graph/ops/slice.ts";
import type { Value } from "../../graph/Value.ts";
import { type ActivationName, activations } from "./activation.ts";
import { convLayer, groupNormLayer, linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

export interface ResnetOptions {
  readonly out: number;
  readonly groups: number;
  readonly epsilon: number;
  readonly activation: ActivationName;
  /** The time embedding, activation already applied, `[N, width]`; none in autoencoders. */
  readonly time?: Value | undefined;
  /** Time scales and shifts the second norm, rather than being added before it. */
  readonly scaleShift?: boolean;
  /** The result is divided by this. */
  readonly divisor?: number;
}

/** diffusers' ResnetBlock2D: `[N, C, H, W]` → `[N, out, H, W]`. */
export function resnetBlock(scope: Scope, x: Value, options: ResnetOptions): Value {
  const { graph } = scope;
  const { out, groups, epsilon, time, scaleShift = false, divisor = 1 } = options;
  const conv3 = { kernel: 3, padding: 1 };

  const norm = { groups, epsilon, activation: options.activation };
  let h = convLayer(scope.at("conv1"), groupNormLayer(scope.at("norm1"), x, norm), out, conv3);
  if (time && scaleShift) {
    const [scale, shift] = split(graph, linearLayer(scope.at("time_emb_proj"), time, 2 * out), 1, [out, out]);
    h = modulatedNorm(scope.at("norm2"), h, add(graph, scale!, 1), shift!, { groups, epsilon });
    h = activations[options.activation](graph, h);
  } else {
    const shift = time && linearLayer(scope.at("time_emb_proj"), time, out);
    h = groupNormLayer(scope.at("norm2"), h, { ...norm, shift });
  }
  h = convLayer(scope.at("conv2"), h, out, conv3);

  const shortcut = x.dims[1] === out ? x : convLayer(scope.at("conv_shortcut"), x, out, { kernel: 1 });
  const sum = add(graph, shortcut, h);
  return divisor === 1 ? sum : mul(graph, sum, 1 / divisor);
}

/** norm(x)·scale + shift in one pass over x: both are put into the norm's own scale and bias. scale, shift `[N, C]` */
function modulatedNorm(scope: Scope, x: Value, scale: Value, shift: Value, attributes: GroupNormAttributes): Value {
  const { graph } = scope;
  const dims = [x.dims[1]!];
  const gain = mul(graph, scope.weight("weight", dims), scale);
  const bias = add(graph, mul(graph, scope.weight("bias", dims), scale), shift);
  return groupNorm(graph, x, gain, bias, attributes);
}
