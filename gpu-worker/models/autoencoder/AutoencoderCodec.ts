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
import { decode, encodeToMode } from "./AutoencoderKL.ts";
import { CodecSessions } from "./CodecSessions.ts";
import { type AutoencoderConfig, autoencoderConfigSchema } from "./config.ts";

/** A checkpoint's AutoencoderKL as InstructPix2Pix uses it: the condition unscaled, the sampled latent scaled. */
export class AutoencoderCodec implements ImageCodec {
  readonly latentChannels: number;
  readonly downscale: number;
  readonly latentScale: number;
  readonly #config: AutoencoderConfig;
  readonly #store: TensorStore;
  readonly #newGraph: () => Graph;
  readonly #sessions: CodecSessions;

  private constructor(config: AutoencoderConfig, store: TensorStore, context: ModelContext) {
    this.latentChannels = config.latent_channels;
    this.downscale = 2 ** (config.block_out_channels.length - 1);
    this.latentScale = config.scaling_factor;
    this.#config = config;
    this.#store = store;
    this.#newGraph = () => new Graph(context.device, store.dtype === "F16" ? "float16" : "float32");
    const graphs = {
      encoder: (dims: readonly number[]) => this.#encoder(dims),
      decoder: (dims: readonly number[]) => this.#decoder(dims),
    };
    this.#sessions = new CodecSessions(graphs, context);
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, context: ModelContext): Promise<AutoencoderCodec> {
    const config = await part.readJson("config.json", autoencoderConfigSchema);
    // Some autoencoders (SDXL's first) exceed what half precision can hold, and say so.
    const isHalf = context.precision === "float16" && config.force_upcast !== true;
    const store = await openTensors(part, "diffusion_pytorch_model", { dtype: isHalf ? "F16" : "F32" });
    const codec = new AutoencoderCodec(config, store, context);
    tryBuild(`${part.label}/config.json`, () => {
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
    const graph = this.#newGraph();
    graph.output("latent", encodeToMode(new Scope(graph, this.#store), this.#config, graph.input("picture", dims)));
    return graph;
  }

  #decoder(dims: readonly number[]): Graph {
    const graph = this.#newGraph();
    const unscaled = mul(graph, graph.input("latent", dims), 1 / this.#config.scaling_factor);
    graph.output("picture", decode(new Scope(graph, this.#store), this.#config, unscaled));
    return graph;
  }
}
