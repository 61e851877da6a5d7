import { dirname, sep } from "node:path";
import ort from "onnxruntime-node";
import { EmendError } from "../../src/errors/EmendError.ts";
import { copyLimitBytes } from "./copyLimitBytes.ts";
import type { Device } from "./Device.ts";
import type { Graph } from "./Graph.ts";
import { isFileRange } from "./Initializer.ts";
import { serialize } from "./onnx/serialize.ts";
import { isFallbackRefused, providerOptions } from "./providerOptions.ts";
import { describe, sizeOf } from "./shapes.ts";
import type { TensorData } from "./TensorData.ts";
import type { Value } from "./Value.ts";

export type Feed = Float32Array | BigInt64Array;

export interface SessionOptions {
  readonly device: Device;
  /** Threads inside one operator; default: one per core. */
  readonly threads?: number;
  /** Copy weights into the kernels' layouts whatever their size: see `copyLimitBytes`. */
  readonly copyWeights?: boolean;
  /**
   * Give working memory back after every run, for graphs that run seldom and need much: decoding 512 px peaks at 1.5 GB, not 2.5,
   * and leaves 0.4 GB, not 2.4; it takes a tenth longer where runs follow each other. CPU only.
   */
  readonly returnsMemory?: boolean;
}

/** A graph made ready to run. */
export class Session {
  readonly #graph: Graph;
  readonly #session: ort.InferenceSession;
  /** Runs that have begun and not ended. */
  readonly #runs = new Set<Promise<unknown>>();

  private constructor(graph: Graph, session: ort.InferenceSession) {
    this.#graph = graph;
    this.#session = session;
  }

  /** @throws EmendError `engine_failed` when onnxruntime refuses the graph */
  static async create(graph: Graph, options: SessionOptions): Promise<Session> {
    const folder = commonFolder(graph);
    const bytes = serialize(graph, folder);
    const create = (strict: boolean) =>
      ort.InferenceSession.create(bytes, sessionOptions(graph, folder, options, strict));
    try {
      const session = await create(true).catch((error) => {
        if (!isFallbackRefused(error)) throw error;
        console.error(`emend: ${options.device} leaves some operators of the model to the CPU, which is slower`);
        return create(false);
      });
      return new Session(graph, session);
    } catch (error) {
      throw engineError("could not prepare the model", error);
    }
  }

  /**
   * Evaluates the graph. The call blocks the thread until it is done and cannot be cancelled.
   * @param feeds one array per input, of the input's size
   * @returns the outputs by name
   */
  async run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, TensorData>> {
    const tensors: Record<string, ort.Tensor> = {};
    for (const [name, value] of this.#graph.inputs) tensors[name] = toTensor(value, feeds[name]);
    const run = this.#session.run(tensors);
    this.#runs.add(run);
    try {
      const results = await run;
      return Object.fromEntries(
        [...this.#graph.outputs].map(([name, value]) => [
          name,
          { dims: value.dims, data: results[value.name]!.data as Float32Array },
        ]),
      );
    } catch (error) {
      throw engineError("the model could not be run", error);
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Gives its memory back, after the runs that have begun. */
  async release(): Promise<void> {
    await Promise.allSettled(this.#runs);
    await this.#session.release();
  }
}

function sessionOptions(
  graph: Graph,
  folder: string,
  options: SessionOptions,
  strict: boolean,
): ort.InferenceSession.SessionOptions {
  const copy = options.device !== "cpu" || options.copyWeights || weightBytes(graph) <= copyLimitBytes;
  const provider = providerOptions(options.device, strict);
  return {
    ...provider,
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
    logSeverityLevel: 3,
    // Planning the second run puts one more big block beside the first run's (decoding 512 px: 3.7 GB, not 2.5), and is
    // no faster.
    enableMemPattern: false,
    enableCpuMemArena: !options.returnsMemory,
    // "all" is "extended" and blocks of channels, which packConvolutions makes where it is used.
    graphOptimizationLevel: copy && !isPacked(graph) ? "all" : "extended",
    extra: {
      // It stumbles over shapes that are computed (ops/after.ts): "a name which does not exist".
      optimization: { disable_specified_optimizers: "ReshapeFusion" },
      session: {
        ...(provider.extra?.session as Record<string, string> | undefined),
        model_external_initializers_file_folder_path: folder,
        disable_prepacking: copy ? "0" : "1",
        // Long enough to find the next operator's work awake, as fast as onnxruntime's own setting on idle cores; where
        // other processes want the cores, three times faster, since no thread then spins away another's time. Large
        // networks wait longer: 2 % faster on idle cores.
        intra_op: { spin_duration_us: isPacked(graph) ? "200" : "50" },
      },
    },
  };
}

const weightBytes = (graph: Graph): number =>
  graph.initializers.reduce((sum, { source }) => sum + (isFileRange(source) ? source.length : source.byteLength), 0);

const isPacked = ({ nodes }: Graph): boolean => nodes.some(({ domain }) => domain === "com.microsoft.nchwc");

/** The deepest folder that holds every file the graph's initialisers lie in. */
function commonFolder(graph: Graph): string {
  const files = new Set(
    graph.initializers
      .map(({ source }) => source)
      .filter(isFileRange)
      .map(({ file }) => dirname(file)),
  );
  const [first, ...others] = [...files].map((folder) => folder.split(sep));
  if (!first) return sep;
  const depth = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return (depth < 0 ? first : first.slice(0, depth)).join(sep) || sep;
}

function toTensor(value: Value, feed: Feed | undefined): ort.Tensor {
  if (!feed) throw new EmendError("internal", `the input ${describe(value)} was not given`);
  if (feed.length !== sizeOf(value.dims)) {
    throw new EmendError("internal", `the input ${describe(value)} was given ${feed.length} numbers`);
  }
  return feed instanceof Float32Array
    ? new ort.Tensor("float32", feed, value.dims)
    : new ort.Tensor("int64", feed, value.dims);
}

function engineError(what: string, cause: unknown): EmendError {
  const reason = cause instanceof Error ? cause.message.split("\n")[0]!.slice(0, 300) : String(cause);
  return new EmendError("engine_failed", `${what}: ${reason}`, { cause });
}
