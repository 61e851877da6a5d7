import { add, mul, sub } from "../../graph/ops/arithmetic.ts";
import { relu, tanh } from "../../graph/ops/unary.ts";
import { upsampleNearest } from "../../graph/ops/upsampleNearest.ts";
import type { Value } from "../../graph/Value.ts";
import { activations } from "../layers/activation.ts";
import { convLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";
import type { TinyConfig } from "./tinyConfig.ts";

const conv3 = { kernel: 3, padding: 1 };

/**
 * Encoder of diffusers' AutoencoderTiny (TAESD): a picture `[N, 3, H, W]` in [−1, 1] → latents as diffusion works with
 * them, `[N, latent_channels, H/f, W/f]`.
 */
export function encodeTiny(scope: Scope, config: TinyConfig, picture: Value): Value {
  const { graph } = scope;
  const layers = sequence(scope.at("encoder.layers"));
  let x = mul(graph, add(graph, picture, 1), 0.5); // TAESD's own pictures are in [0, 1]
  config.encoder_block_out_channels.forEach((width, i) => {
    x = convLayer(layers(), x, width, i === 0 ? conv3 : { ...conv3, stride: 2, bias: false });
    for (let block = 0; block < config.num_encoder_blocks[i]!; block++) x = tinyBlock(layers(), x, width, config);
  });
  return convLayer(layers(), x, config.latent_channels, conv3);
}

/** Decoder: latents as diffusion works with them, `[N, latent_channels, h, w]` → picture `[N, 3, f·h, f·w]`, roughly in [−1, 1]. */
export function decodeTiny(scope: Scope, config: TinyConfig, latent: Value): Value {
  const { graph } = scope;
  const layers = sequence(scope.at("decoder.layers"));
  const clamped = mul(graph, tanh(graph, mul(graph, latent, 1 / 3)), 3);
  const widths = config.decoder_block_out_channels;
  let x = activations[config.act_fn](graph, convLayer(layers(), clamped, widths[0]!, conv3));
  layers(); // the activation
  widths.forEach((width, i) => {
    for (let block = 0; block < config.num_decoder_blocks[i]!; block++) x = tinyBlock(layers(), x, width, config);
    const last = i === widths.length - 1;
    if (!last) {
      x = upsampleNearest(graph, x, [x.dims[2]! * 2, x.dims[3]! * 2]);
      layers(); // the enlargement
    }
    x = convLayer(layers(), x, last ? 3 : width, { ...conv3, bias: last });
  });
  return sub(graph, mul(graph, x, 2), 1);
}

/** The places of a torch.nn.Sequential, one after the other; layers without weights take one, too. */
function sequence(scope: Scope): () => Scope {
  let next = 0;
  return () => scope.at(next++);
}

/** diffusers' AutoencoderTinyBlock: three convolutions and a residual, `[N, out, H, W]` → same. */
function tinyBlock(scope: Scope, x: Value, out: number, config: TinyConfig): Value {
  const { graph } = scope;
  const activate = activations[config.act_fn];
  const conv = scope.at("conv");
  let h = activate(graph, convLayer(conv.at(0), x, out, conv3));
  h = activate(graph, convLayer(conv.at(2), h, out, conv3));
  h = convLayer(conv.at(4), h, out, conv3);
  return relu(graph, add(graph, h, x));
}
