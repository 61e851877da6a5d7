import { add } from "../../graph/ops/arithmetic.ts";
import { linear } from "../../graph/ops/linear.ts";
import { fromTokens, toTokens } from "../../graph/ops/tokens.ts";
import type { Value } from "../../graph/Value.ts";
import { type Adapter, attentionBlock } from "./attentionBlock.ts";
import { feedForward } from "./feedForward.ts";
import { groupNormLayer, layerNormLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

export interface TransformerOptions {
  readonly layers: number;
  readonly heads: number;
  readonly groups: number;
  /** proj_in and proj_out are linear layers on tokens, rather than 1×1 convolutions. */
  readonly linearProjection: boolean;
  /** The first attention of each layer looks at the context, too. */
  readonly onlyCrossAttention: boolean;
  /** What the second attention of each layer looks at beside the context. */
  readonly adapter?: Adapter | undefined;
  /** Attention computes in float32 whatever the network does. */
  readonly upcastAttention: boolean;
}

const normEpsilon = 1e-6;
const layerEpsilon = 1e-5;

/** diffusers' Transformer2DModel: x `[N, C, H, W]`, context `[N, S, D]` → `[N, C, H, W]`. */
export function transformer2d(scope: Scope, x: Value, context: Value, options: TransformerOptions): Value {
  const { graph } = scope;
  const normal = groupNormLayer(scope.at("norm"), x, { groups: options.groups, epsilon: normEpsilon });
  let rows = projectIn(scope.at("proj_in"), normal, options.linearProjection);
  for (let layer = 0; layer < options.layers; layer++) {
    rows = transformerBlock(scope.at("transformer_blocks").at(layer), rows, context, options);
  }
  return add(graph, projectOut(scope.at("proj_out"), rows, x.dims, options.linearProjection), x);
}

/** The weight of a linear layer, or of the 1×1 convolution that computes the same: `[C, C]`. */
const projection = (scope: Scope, c: number, isLinear: boolean): Value =>
  scope.weight("weight", isLinear ? [c, c] : [c, c, 1, 1], [c, c]);

/** Image `[N, C, H, W]` → tokens in rows `[N·H·W, C]`, through one layer. */
function projectIn(scope: Scope, image: Value, isLinear: boolean): Value {
  const { graph } = scope;
  const c = image.dims[1]!;
  return linear(graph, toTokens(graph, image), projection(scope, c, isLinear), scope.weight("bias", [c]));
}

/** The way back: tokens in rows → image of the given dimensions. */
function projectOut(scope: Scope, rows: Value, dims: readonly number[], isLinear: boolean): Value {
  const { graph } = scope;
  const c = dims[1]!;
  const projected = linear(graph, rows, projection(scope, c, isLinear), scope.weight("bias", [c]));
  return fromTokens(graph, projected, dims);
}

/** diffusers' BasicTransformerBlock: attention to itself, to the context, feed-forward; norm first, residual each. */
function transformerBlock(scope: Scope, x: Value, context: Value, options: TransformerOptions): Value {
  const { graph } = scope;
  const { heads, upcastAttention: upcast } = options;
  const batch = context.dims[0]!;
  const norm = (name: string, value: Value) => layerNormLayer(scope.at(name), value, layerEpsilon);
  const ownContext = options.onlyCrossAttention ? context : undefined;
  const first = attentionBlock(scope.at("attn1"), norm("norm1", x), { batch, heads, upcast, context: ownContext });
  const afterFirst = add(graph, first, x);
  const second = attentionBlock(scope.at("attn2"), norm("norm2", afterFirst), {
    batch,
    heads,
    upcast,
    context,
    adapter: options.adapter,
  });
  const afterSecond = add(graph, second, afterFirst);
  return add(graph, feedForward(scope.at("ff"), norm("norm3", afterSecond)), afterSecond);
}
