import { add } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { cast } from "../../graph/ops/cast.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import { fromTokens, toTokens } from "../../graph/ops/tokens.ts";
import type { Value } from "../../graph/Value.ts";
import { convLayer, groupNormLayer, linearLayer } from "../layers/layers.ts";
import { downsample, upsample } from "../layers/resample.ts";
import { resnetBlock } from "../layers/resnetBlock.ts";
import type { Scope } from "../layers/Scope.ts";
import type { AutoencoderConfig } from "./config.ts";

const epsilon = 1e-6;
const conv3 = { kernel: 3, padding: 1 };

const resnet = (scope: Scope, x: Value, out: number, config: AutoencoderConfig): Value =>
  resnetBlock(scope, x, { out, groups: config.norm_num_groups, epsilon, activation: config.act_fn });

/** The mode (mean) of the posterior of a picture in [−1, 1]: `[N, 3, H, W]` → `[N, latent_channels, H/f, W/f]`. */
export function encodeToMode(scope: Scope, config: AutoencoderConfig, picture: Value): Value {
  const encoder = scope.at("encoder");
  const channels = config.block_out_channels;
  let x = convLayer(encoder.at("conv_in"), cast(scope.graph, picture, scope.graph.precision), channels[0]!, conv3);
  channels.forEach((out, i) => {
    const block = encoder.at("down_blocks").at(i);
    for (let layer = 0; layer < config.layers_per_block; layer++) {
      x = resnet(block.at("resnets").at(layer), x, out, config);
    }
    if (i < channels.length - 1) x = downsample(block.at("downsamplers.0"), x, 0);
  });
  x = middle(encoder.at("mid_block"), x, config);
  const latents = 2 * config.latent_channels;
  x = normAndConv(encoder, x, latents, config);
  if (config.use_quant_conv) x = convLayer(scope.at("quant_conv"), x, latents, { kernel: 1 });
  const mean = slice(scope.graph, x, 1, 0, config.latent_channels); // the other half is the log variance
  return cast(scope.graph, mean, "float32");
}

/** Unscaled latents `[N, latent_channels, h, w]` → picture `[N, 3, f·h, f·w]`, roughly in [−1, 1]. */
export function decode(scope: Scope, config: AutoencoderConfig, latent: Value): Value {
  const decoder = scope.at("decoder");
  const channels = config.block_out_channels.toReversed();
  let x = cast(scope.graph, latent, scope.graph.precision);
  if (config.use_post_quant_conv) {
    x = convLayer(scope.at("post_quant_conv"), x, config.latent_channels, { kernel: 1 });
  }
  x = convLayer(decoder.at("conv_in"), x, channels[0]!, conv3);
  x = middle(decoder.at("mid_block"), x, config);
  channels.forEach((out, i) => {
    const block = decoder.at("up_blocks").at(i);
    for (let layer = 0; layer <= config.layers_per_block; layer++) {
      x = resnet(block.at("resnets").at(layer), x, out, config);
    }
    if (i < channels.length - 1) x = upsample(block.at("upsamplers.0"), x);
  });
  return cast(scope.graph, normAndConv(decoder, x, 3, config), "float32");
}

function normAndConv(scope: Scope, x: Value, out: number, config: AutoencoderConfig): Value {
  const norm = { groups: config.norm_num_groups, epsilon, activation: config.act_fn };
  return convLayer(scope.at("conv_out"), groupNormLayer(scope.at("conv_norm_out"), x, norm), out, conv3);
}

function middle(scope: Scope, x: Value, config: AutoencoderConfig): Value {
  const width = x.dims[1]!;
  const first = resnet(scope.at("resnets.0"), x, width, config);
  const attended = config.mid_block_add_attention
    ? pixelAttention(scope.at("attentions.0"), first, config.norm_num_groups)
    : first;
  return resnet(scope.at("resnets.1"), attended, width, config);
}

/** Attention of all pixels to each other with one head, and a residual: `[N, C, H, W]` → same. */
function pixelAttention(scope: Scope, x: Value, groups: number): Value {
  const { graph } = scope;
  const [n, c, h, w] = x.dims as [number, number, number, number];
  const normal = groupNormLayer(scope.at("group_norm"), x, { groups, epsilon });
  const tokens = reshape(graph, toTokens(graph, normal), [n, h * w, c]);
  // Checkpoints saved before diffusers 0.15 have the older names.
  const project = (value: Value, name: string, oldName: string) =>
    linearLayer(scope.at(scope.has(`${name}.weight`) ? name : oldName), value, c);
  const [q, k, v] = [
    project(tokens, "to_q", "query"),
    project(tokens, "to_k", "key"),
    project(tokens, "to_v", "value"),
  ];
  const mixed = project(attention(graph, q!, k!, v!, { heads: 1 }), "to_out.0", "proj_attn");
  return add(graph, fromTokens(graph, reshape(graph, mixed, [n * h * w, c]), x.dims), x);
}
