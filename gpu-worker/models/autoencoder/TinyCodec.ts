import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { mul } from "../../graph/ops/arithmetic.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Picture } from "../../image/Picture.ts";
import type { CodecWork, ImageCodec } from "../ImageCodec.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { tryBuild } from "../tryBuild.ts";
import { decodeTiny, encodeTiny } from "./AutoencoderTiny.ts";
import { CodecSessions } from "./CodecSessions.ts";
import { type TinyConfig, tinyConfigSchema } from "./tinyConfig.ts";

/**
 * A tiny autoencoder (TAESD) in the place of a checkpoint's own: less than a tenth of the work, and fine details differ.
 * Its latents are those that noise is added to; the conditioning latent is unscaled, so `encode` divides by the scale.
 */
export class TinyCodec implements ImageCodec {
  readonly latentChannels: number;
  readonly downscale: number;
  readonly latentScale: number;
  readonly #config: TinyConfig;
  readonly #store: TensorStore;
  readonly #device: ModelContext["device"];
  readonly #sessions: CodecSessions;

  private constructor(config: TinyConfig, store: TensorStore, latentScale: number, context: ModelContext) {
    this.latentChannels = config.latent_channels;
    this.downscale = 2 ** (config.encoder_block_out_channels.length - 1);
    this.latentScale = latentScale;
    this.#config = config;
    this.#store = store;
    this.#device = context.device;
    const graphs = {
      encoder: (dims: readonly number[]) => this.#encoder(dims),
      decoder: (dims: readonly number[]) => this.#decoder(dims),
    };
    this.#sessions = new CodecSessions(graphs, context);
  }

  /**
   * @param own the codec in whose place it stands
   * @throws EmendError `bad_model`, also when its latents are of another shape than the own codec's
   */
  static async open(
    part: CheckpointPart,
    own: Pick<ImageCodec, "latentChannels" | "downscale" | "latentScale">,
    context: ModelContext,
  ): Promise<TinyCodec> {
    const label = `${part.label}/config.json`;
    const config = await part.readJson("config.json", tinyConfigSchema);
    const store = await openTensors(part, "diffusion_pytorch_model");
    const codec = new TinyCodec(config, store, own.latentScale, context);
    for (const key of ["latentChannels", "downscale"] as const) {
      if (codec[key] !== own[key])
        throw badModel(label, `its ${key} ${codec[key]} is not the checkpoint's ${own[key]}`);
    }
    tryBuild(label, () => {
      codec.#encoder([1, 3, codec.downscale, codec.downscale]);
      codec.#decoder([1, config.latent_channels, 1, 1]);
    });
    return codec;
  }

  encode(picture: Picture): Promise<TensorData> {
    return this.#sessions.encode(picture);
  }

  decode(latent: TensorData): Promise<Picture> {
    return this.#sessions.decode(latent);
  }

  work(latentDims: readonly number[]): CodecWork {
    return this.#sessions.work(latentDims, this.downscale);
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #encoder(dims: readonly number[]): Graph {
    const graph = new Graph(this.#device);
    const scaled = encodeTiny(new Scope(graph, this.#store), this.#config, graph.input("picture", dims));
    graph.output("latent", mul(graph, scaled, this.#config.scaling_factor / this.latentScale));
    return graph;
  }

  #decoder(dims: readonly number[]): Graph {
    const graph = new Graph(this.#device);
    const latent = mul(graph, graph.input("latent", dims), 1 / this.#config.scaling_factor);
    graph.output("picture", decodeTiny(new Scope(graph, this.#store), this.#config, latent));
    return graph;
  }
}
