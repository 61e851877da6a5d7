import { countWork } from "../../graph/countWork.ts";
import type { Graph } from "../../graph/Graph.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Picture } from "../../image/Picture.ts";
import type { CodecWork } from "../ImageCodec.ts";
import type { ModelContext } from "../ModelContext.ts";
import { fromPlanes, toPlanes } from "../planes.ts";
import { SessionCache } from "../SessionCache.ts";

/** The two graphs of an autoencoder, for inputs of given dims. */
export interface CodecGraphs {
  /** "picture" `[1, 3, H, W]` → "latent" */
  encoder(dims: readonly number[]): Graph;
  /** "latent" → "picture" */
  decoder(dims: readonly number[]): Graph;
}

/** Runs an autoencoder's graphs; sessions are made for the sizes that are asked for. */
export class CodecSessions {
  readonly #graphs: CodecGraphs;
  readonly #sessions: SessionCache;

  constructor(graphs: CodecGraphs, context: ModelContext) {
    this.#graphs = graphs;
    this.#sessions = new SessionCache({ ...context, returnsMemory: true }, 2); // encoder and decoder of one size
  }

  async encode(picture: Picture): Promise<TensorData> {
    const planes = toPlanes(picture);
    const session = await this.#sessions.get(`encode ${planes.dims}`, () => this.#graphs.encoder(planes.dims));
    return (await session.run({ picture: planes.data })).latent!;
  }

  async decode(latent: TensorData): Promise<Picture> {
    const session = await this.#sessions.get(`decode ${latent.dims}`, () => this.#graphs.decoder(latent.dims));
    return fromPlanes((await session.run({ latent: latent.data })).picture!);
  }

  /** @param dims of the latent; @param downscale pixels per latent cell */
  work(dims: readonly number[], downscale: number): CodecWork {
    const [, , h, w] = dims as [number, number, number, number];
    const encoder = this.#graphs.encoder([1, 3, h * downscale, w * downscale]);
    return { encode: countWork(encoder), decode: countWork(this.#graphs.decoder(dims)) };
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }
}
