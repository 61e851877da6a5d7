import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { dequantize } from "../../checkpoint/dequantize.ts";
import { Int8Matrix } from "../../checkpoint/Int8Matrix.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { cast } from "../../graph/ops/cast.ts";
import { matMul } from "../../graph/ops/matMul.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { Session } from "../../graph/Session.ts";
import { bertModel } from "../../models/bert/BertModel.ts";
import { linearLayer } from "../../models/layers/layers.ts";
import { Scope } from "../../models/layers/Scope.ts";
import { TextTokenizer } from "../../models/tokenizer/TextTokenizer.ts";
import { tryBuild } from "../../models/tryBuild.ts";
import type { PredictorConfig } from "./config.ts";

export interface EncodedSentence {
  /** One for each label. */
  readonly logits: Float32Array;
  /** `[hidden_size]`, of length 1. */
  readonly embedding: Float32Array;
}

const wordTable = "encoder.embeddings.word_embeddings.weight";
/** Texts are padded to one of these, or to the longest: most instructions have 8 to 15 tokens. */
const lengths = [16, 32];
/** A sentence is too little work to share: reading the weights takes most of the time. */
const threads = 1;
/** Characters that are looked at. Sixty-four tokens are a few hundred; what comes later changes nothing. */
const maxCharacters = 4096;

/** Tokeniser and network of a predictor, on the CPU: text → logits and sentence embedding. */
export class SentenceEncoder {
  readonly #config: PredictorConfig;
  readonly #store: TensorStore;
  readonly #words: Int8Matrix;
  readonly #tokenizer: TextTokenizer;
  /** By padded length, made on first use. */
  readonly #sessions = new Map<number, Promise<Session>>();

  private constructor(config: PredictorConfig, store: TensorStore, words: Int8Matrix, tokenizer: TextTokenizer) {
    this.#config = config;
    this.#store = store;
    this.#words = words;
    this.#tokenizer = tokenizer;
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, config: PredictorConfig, stored: TensorStore): Promise<SentenceEncoder> {
    const words = await Int8Matrix.read(stored, wordTable, config.vocab_size, config.hidden_size);
    const store = await dequantize(stored, [wordTable]);
    const tokenizer = await TextTokenizer.open(part, config.max_tokens);
    const encoder = new SentenceEncoder(config, store, words, tokenizer);
    tryBuild(`${part.label}/config.json`, () => encoder.#build(encoder.#paddedLength(2)));
    return encoder;
  }

  /** Ids of the text as the network reads it, for tests. */
  tokens(text: string): number[] {
    const cut = text.length > maxCharacters ? text.slice(0, maxCharacters) : text;
    return this.#tokenizer.tokens(cut.toWellFormed());
  }

  async encode(text: string): Promise<EncodedSentence> {
    const { hidden_size: width, vocab_size } = this.#config;
    const ids = this.tokens(text);
    const length = this.#paddedLength(ids.length);
    const words = new Float32Array(length * width);
    ids.forEach((id, i) => {
      if (id < vocab_size) this.#words.copyRow(id, words, i * width);
    });
    const share = new Float32Array(length).fill(1 / ids.length, 0, ids.length);
    const session = await this.#session(length);
    const { logits, embedding } = await session.run({ words, share, length: BigInt64Array.of(BigInt(ids.length)) });
    return { logits: logits!.data, embedding: normalise(embedding!.data) };
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session.catch(() => undefined))?.release();
  }

  #paddedLength(tokens: number): number {
    const longest = this.#config.max_tokens;
    return lengths.find((length) => length >= tokens && length < longest) ?? longest;
  }

  #session(length: number): Promise<Session> {
    const known = this.#sessions.get(length);
    if (known) return known;
    const session = Session.create(this.#build(length), { device: "cpu", threads });
    this.#sessions.set(length, session);
    session.catch(() => this.#sessions.delete(length));
    return session;
  }

  /** words `[1, T, width]`, tokens' shares of the mean `[1, T]`, number of tokens `[1]` → logits and embedding. */
  #build(length: number): Graph {
    const { hidden_size: width, labels } = this.#config;
    const graph = new Graph("cpu");
    const root = new Scope(graph, this.#store);
    const words = graph.input("words", [1, length, width]);
    const share = graph.input("share", [1, length]);
    const tokens = cast(graph, graph.input("length", [1], "int64"), "int32");
    const states = bertModel(root.at("encoder"), this.#config, words, tokens);
    const pooled = matMul(graph, share, reshape(graph, states, [length, width])); // [1, width]
    graph.output("logits", linearLayer(root.at("head"), pooled, labels.length));
    graph.output("embedding", linearLayer(root.at("embedding"), pooled, width));
    return graph;
  }
}

/** The vector scaled to length 1. */
function normalise(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / Math.max(norm, 1e-12));
}
