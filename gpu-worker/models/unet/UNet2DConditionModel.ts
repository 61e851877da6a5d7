import { add, mul, sub } from "../../graph/ops/arithmetic.ts";
import { cast } from "../../graph/ops/cast.ts";
import { concat } from "../../graph/ops/concat.ts";
import { ShapeError } from "../../graph/ShapeError.ts";
import type { Value } from "../../graph/Value.ts";
import { activations } from "../layers/activation.ts";
import type { Adapter } from "../layers/attentionBlock.ts";
import { convLayer, groupNormLayer } from "../layers/layers.ts";
import { downsample, upsample } from "../layers/resample.ts";
import { resnetBlock } from "../layers/resnetBlock.ts";
import type { Scope } from "../layers/Scope.ts";
import { transformer2d } from "../layers/transformer2d.ts";
import { type Addition, embedAddition } from "./additionEmbedding.ts";
import { embedClass, timeEmbedWidth } from "./classEmbedding.ts";
import type { UNetConfig } from "./config.ts";
import { type Level, levelsOf } from "./levels.ts";
import { sinusoids, timestepMlp } from "./timeEmbedding.ts";

export interface UNetInputs {
  /** `[N, in_channels, h, w]` */
  readonly sample: Value;
  /** `[N]`, float32 */
  readonly timestep: Value;
  /** Text states `[N, tokens, cross_attention_dim]` */
  readonly context: Value;
  /** As `classLabelOf(config)` says; absent for kind "none". */
  readonly classLabel?: Value | undefined;
  /** For addition_embed_type "text_time". */
  readonly addition?: Addition | undefined;
  /** What every cross-attention looks at beside the context; the scope's weights then hold the adapter's. */
  readonly adapter?: Adapter | undefined;
  /** Added to the time embedding, `[N, timeEmbedWidth]`: not diffusers', but task inversion's (METHOD §4). */
  readonly timeShift?: Value | undefined;
}

/** Where DeepCache (Ma et al. 2023, arXiv 2312.00858) cuts the network. */
export interface DeepCut {
  /** Number of the skip connection below which nothing is computed anew: 0 is the outermost, conv_in's. */
  readonly branch: number;
  /** What an earlier evaluation had there; absent: everything is computed. */
  readonly feature?: Value | undefined;
}

/**
 * diffusers' UNet2DConditionModel, Stable Diffusion 1, 2 and XL: → `[N, out_channels, h, w]`. Inputs and result are float32;
 * in between the graph's own precision.
 */
export function unet2dConditionModel(scope: Scope, config: UNetConfig, inputs: UNetInputs): Value {
  return unet2dWithDeepCut(scope, config, inputs).out;
}

/**
 * The same, and the deep feature: what comes up from below to the layer that takes the cut's skip connection, before it
 * joins it. With a feature given, only what lies outside of the cut is computed.
 * @throws ShapeError for a branch that the network does not have
 */
export function unet2dWithDeepCut(
  scope: Scope,
  config: UNetConfig,
  inputs: UNetInputs,
  cut?: DeepCut,
): { out: Value; deep: Value | undefined } {
  const { graph } = scope;
  const half = (value: Value) => cast(graph, value, graph.precision);
  const context = half(inputs.context);
  const adapter = inputs.adapter && { ...inputs.adapter, tokens: half(inputs.adapter.tokens) };
  const { down, mid, up } = levelsOf(config);
  const skipCount = down.length + down.reduce((sum, { layers }) => sum + layers, 0);
  if (cut && !(cut.branch >= 0 && cut.branch < skipCount)) {
    throw new ShapeError("deep cut", `branch ${cut.branch} is not one of the ${skipCount} skip connections`);
  }
  /** Whether the skip connection of that number lies below a cut whose feature is there already. */
  const isKnown = (skip: number) => cut?.feature !== undefined && skip > cut.branch;
  const time = embedTime(scope, config, inputs);
  const resnet = (at: Scope, x: Value, out: number, divisor = 1) =>
    resnetBlock(at, x, {
      out,
      groups: config.norm_num_groups,
      epsilon: config.norm_eps,
      activation: config.act_fn,
      time,
      scaleShift: config.resnet_time_scale_shift === "scale_shift",
      divisor,
    });
  const attend = (at: Scope, x: Value, level: Level, layer: number) =>
    level.attention ? transformer2d(at.at("attentions").at(layer), x, context, { ...level.transformer, adapter }) : x;

  // 1. in
  const sample = half(inputs.sample);
  const centred = config.center_input_sample ? sub(graph, mul(graph, sample, 2), 1) : sample;
  const kernelIn = config.conv_in_kernel;
  let x = convLayer(scope.at("conv_in"), centred, config.block_out_channels[0]!, {
    kernel: kernelIn,
    padding: (kernelIn - 1) >> 1,
  });

  // 2. down; every result is kept for the way up
  const skips = [x];
  down.forEach((level, i) => {
    const block = scope.at("down_blocks").at(i);
    for (let layer = 0; layer < level.layers && !isKnown(skips.length); layer++) {
      x = attend(block, resnet(block.at("resnets").at(layer), x, level.channels), level, layer);
      skips.push(x);
    }
    if (i === down.length - 1 || isKnown(skips.length)) return;
    x = downsample(block.at("downsamplers.0"), x, config.downsample_padding);
    skips.push(x);
  });

  // 3. middle
  if (config.mid_block_type && !cut?.feature) {
    const block = scope.at("mid_block");
    x = resnet(block.at("resnets.0"), x, mid.channels, config.mid_block_scale_factor);
    if (mid.attention) {
      x = attend(block, x, mid, 0);
      x = resnet(block.at("resnets.1"), x, mid.channels, config.mid_block_scale_factor);
    }
  }

  // 4. up
  let left = skipCount;
  let deep: Value | undefined;
  up.forEach((level, i) => {
    const block = scope.at("up_blocks").at(i);
    for (let layer = 0; layer < level.layers; layer++) {
      left--;
      if (isKnown(left)) continue;
      if (left === cut?.branch) {
        x = cut.feature ?? x;
        deep = x;
      }
      const joined = concat(graph, [x, skips.pop()!], 1);
      x = attend(block, resnet(block.at("resnets").at(layer), joined, level.channels), level, layer);
    }
    if (i === up.length - 1 || isKnown(left)) return; // the feature is what comes after upsampling
    const [, , h, w] = skips.at(-1)!.dims; // odd sizes do not double: the next skip has the size
    x = upsample(block.at("upsamplers.0"), x, [h!, w!]);
  });

  // 5. out
  const norm = { groups: config.norm_num_groups, epsilon: config.norm_eps, activation: config.act_fn };
  x = groupNormLayer(scope.at("conv_norm_out"), x, norm);
  const kernelOut = config.conv_out_kernel;
  const out = convLayer(scope.at("conv_out"), x, config.out_channels, {
    kernel: kernelOut,
    padding: (kernelOut - 1) >> 1,
  });
  return { out: cast(graph, out, "float32"), deep };
}

/** Timestep and labels as one vector `[N, width]`, with the activation that every resnet block applies first. */
function embedTime(scope: Scope, config: UNetConfig, inputs: UNetInputs): Value {
  const { graph } = scope;
  const { timestep, classLabel, addition, timeShift } = inputs;
  const waves = sinusoids(graph, timestep, {
    width: config.block_out_channels[0]!,
    flipSinToCos: config.flip_sin_to_cos,
    freqShift: config.freq_shift,
  });
  let time = timestepMlp(
    scope.at("time_embedding"),
    waves,
    timeEmbedWidth(config),
    config.act_fn,
    config.timestep_post_act,
  );
  if (classLabel) {
    const label = embedClass(scope.at("class_embedding"), classLabel, config);
    time = config.class_embeddings_concat ? concat(graph, [time, label], 1) : add(graph, time, label);
  }
  if (addition) time = add(graph, time, embedAddition(scope.at("add_embedding"), addition, config));
  if (timeShift) time = add(graph, time, cast(graph, timeShift, graph.precision));
  if (config.time_embedding_act_fn) time = activations[config.time_embedding_act_fn](graph, time);
  return activations[config.act_fn](graph, time);
}
