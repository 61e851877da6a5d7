import { cast } from "../../graph/ops/cast.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { Value } from "../../graph/Value.ts";
import type { Scope } from "../layers/Scope.ts";
import { timeEmbedWidth } from "./classEmbedding.ts";
import type { UNetConfig } from "./config.ts";
import { sinusoids, timestepMlp } from "./timeEmbedding.ts";

/** What SDXL's U-Net is told beside the timestep (addition_embed_type "text_time"). */
export interface Addition {
  /** Pooled text, `[N, P]`. */
  readonly pooled: Value;
  /** Height and width of the source, top and left of the crop, height and width of the result, in pixels: `[N, 6]`. */
  readonly sizes: Value;
}

const sizeCount = 6;

/** How much of what is embedded is pooled text; undefined for a U-Net without an addition. */
export const pooledWidthOf = (config: UNetConfig): number | undefined =>
  config.addition_embed_type
    ? config.projection_class_embeddings_input_dim! - sizeCount * config.addition_time_embed_dim!
    : undefined;

/** The addition as a vector that joins the time embedding: → `[N, timeEmbedWidth]`. */
export function embedAddition(scope: Scope, { pooled, sizes }: Addition, config: UNetConfig): Value {
  const { graph } = scope;
  const n = pooled.dims[0]!;
  const waves = sinusoids(graph, reshape(graph, sizes, [sizeOf(sizes.dims)]), {
    width: config.addition_time_embed_dim!,
    flipSinToCos: config.flip_sin_to_cos,
    freqShift: config.freq_shift,
  });
  const all = concat(
    graph,
    [cast(graph, pooled, graph.precision), reshape(graph, waves, [n, sizeCount * config.addition_time_embed_dim!])],
    1,
  );
  return timestepMlp(scope, all, timeEmbedWidth(config), "silu");
}
