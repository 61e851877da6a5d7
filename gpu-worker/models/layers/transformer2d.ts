import { add } from "../../graph/ops/arithmetic.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Value } from "../../graph/Value.ts";
import { attentionBlock } from "./attentionBlock.ts";
import { feedForward } from "./feedForward.ts";
import { convLayer, groupNormLayer, layerNormLayer, linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

export interface TransformerOptions {
  readonly layers: number;
  readonly heads: number;
  readonly groups: number;
  /** proj_in and proj_out are linear layers on tokens, rather than 1×1 convolutions. */
  readonly linearProjection: boolean;
  /** The first attention of each layer looks at the context, too. */
  readonly onlyCrossAttention: boolean;
}

const normEpsilon = 1e-6;
const layerEpsilon = 1e-5;

/** diffusers' Transformer2DModel: x `[N, C, H, W]`, context `[N, S, D]` → `[N, C, H, W]`. */
export function transformer2d(scope: Scope, x: Value, context: Value, options: TransformerOptions): Value {
  const { graph } = scope;
  const [n, c, h, w] = x.dims as [number, number, number, number];
  const toTokens = (image: Value) => reshape(graph, transpose(graph, image, [0, 2, 3, 1]), [n, h * w, c]);
  const toImage = (tokens: Value) => transpose(graph, reshape(graph, tokens, [n, h, w, c]), [0, 3, 1, 2]);

  const normal = groupNormLayer(scope.at("norm"), x, options.groups, normEpsilon);
  let tokens = options.linearProjection
    ? linearLayer(scope.at("proj_in"), toTokens(normal), c)
    : toTokens(convLayer(scope.at("proj_in"), normal, c, { kernel: 1 }));
  for (let layer = 0; layer < options.layers; layer++) {
    tokens = transformerBlock(scope.at("transformer_blocks").at(layer), tokens, context, options);
  }
  const image = options.linearProjection
    ? toImage(linearLayer(scope.at("proj_out"), tokens, c))
    : convLayer(scope.at("proj_out"), toImage(tokens), c, { kernel: 1 });
  return add(graph, image, x);
}

/** diffusers' BasicTransformerBlock: attention to itself, to the context, feed-forward; norm first, residual each. */
function transformerBlock(scope: Scope, x: Value, context: Value, options: TransformerOptions): Value {
  const { graph } = scope;
  const norm = (name: string, value: Value) => layerNormLayer(scope.at(name), value, layerEpsilon);
  const own = norm("norm1", x);
  const first = attentionBlock(scope.at("attn1"), own, options.onlyCrossAttention ? context : own, options.heads);
  const afterFirst = add(graph, first, x);
  const second = attentionBlock(scope.at("attn2"), norm("norm2", afterFirst), context, options.heads);
  const afterSecond = add(graph, second, afterFirst);
  return add(graph, feedForward(scope.at("ff"), norm("norm3", afterSecond)), afterSecond);
}
