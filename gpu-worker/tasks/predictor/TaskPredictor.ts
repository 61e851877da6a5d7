import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../../checkpoint/badModel.ts";
import { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { NONE, type PredictorConfig, predictorSchema } from "./config.ts";
import { LearnedTasks } from "./LearnedTasks.ts";
import type { Prediction } from "./Prediction.ts";
import { SentenceEncoder } from "./SentenceEncoder.ts";
import { softmax } from "./softmax.ts";

export interface LearnedTask {
  readonly name: string;
  /** One sentence. */
  readonly description?: string;
  /** Instructions that ask for it. */
  readonly examples: readonly string[];
}

/**
 * Which of the tasks an instruction asks for (METHOD §3): a small sentence encoder with a head for the tasks, apart from
 * any checkpoint. Trained by training/emend_predict; the folder is described in docs/checkpoints.md.
 */
export class TaskPredictor {
  /** The tasks it was trained on. */
  readonly known: readonly string[];
  readonly #config: PredictorConfig;
  readonly #encoder: SentenceEncoder;
  readonly #learned: LearnedTasks | undefined;

  private constructor(config: PredictorConfig, encoder: SentenceEncoder, learned: LearnedTasks | undefined) {
    this.known = config.labels.filter((label) => label !== NONE);
    this.#config = config;
    this.#encoder = encoder;
    this.#learned = learned;
  }

  /** @throws EmendError `bad_model` that names the file */
  static async open(folder: string): Promise<TaskPredictor> {
    if (!existsSync(folder)) {
      const hint = "there is no such predictor folder; check EMEND_PREDICTOR, or train one (training/README.md)";
      throw new EmendError("bad_model", `${folder}: ${hint}`);
    }
    const part = new CheckpointPart(resolve(folder), "");
    const config = await part.readJson("config.json", predictorSchema);
    const store = await openTensors(part, "model");
    const encoder = await SentenceEncoder.open(part, config, store);
    const known = config.routing && store.has("prototypes") ? await readPrototypes(store, config) : undefined;
    return new TaskPredictor(config, encoder, known && config.routing && new LearnedTasks(config.routing, known));
  }

  /** Any string will do; only its first `max_tokens` tokens count. */
  async predict(text: string): Promise<Prediction> {
    const { logits, embedding } = await this.#encoder.encode(text);
    const { temperature, labels } = this.#config;
    const none = softmax(logits, temperature)[labels.indexOf(NONE)]!;
    const shares = softmax(logits.subarray(0, this.known.length), temperature);
    const trained = this.known.map((name, i) => ({ name, probability: shares[i]! }));
    const { tasks, share } = this.#learned?.route(embedding, trained) ?? { tasks: trained, share: 0 };
    // What goes to a learned task is an edit, whatever the head thinks of it.
    const edit = 1 - none * (1 - share);
    return { tasks: tasks.toSorted((a, b) => b.probability - a.probability), edit, embedding };
  }

  /**
   * Adds a task that was learned later, or replaces it, from now on and for as long as this object lives.
   * @throws EmendError `bad_usage` for the name of a known task; `bad_model` when the predictor has no prototypes
   */
  async addTask({ name, description, examples }: LearnedTask): Promise<void> {
    if (this.#config.labels.includes(name)) {
      throw new EmendError("bad_usage", `the name "${name}" belongs to a task that is built in; choose another.`);
    }
    if (!this.#learned)
      throw new EmendError("bad_model", "this predictor has no prototypes, so it takes no new tasks.");
    const texts = [description ?? "", name.replaceAll(/[_-]+/g, " "), ...examples].filter((text) => text.trim() !== "");
    const prototypes: Float32Array[] = [];
    for (const text of texts) prototypes.push((await this.#encoder.encode(text)).embedding);
    this.#learned.set(name, prototypes);
  }

  /** @returns whether there was such a learned task */
  removeTask(name: string): boolean {
    return this.#learned?.delete(name) ?? false;
  }

  /** Token ids of a text, for tests and the curious. */
  tokens(text: string): number[] {
    return this.#encoder.tokens(text);
  }

  close(): Promise<void> {
    return this.#encoder.close();
  }
}

/** `prototypes [tasks, each, hidden_size]` as single vectors. */
async function readPrototypes(store: TensorStore, { hidden_size: width }: PredictorConfig): Promise<Float32Array[]> {
  const { dims } = store.tensors.get("prototypes")!;
  if (dims.length !== 3 || dims[2] !== width) {
    throw badModel(store.label, `tensor "prototypes" is [${dims.join(", ")}], not [tasks, each, ${width}]`);
  }
  const all = await store.read("prototypes", dims);
  return Array.from({ length: dims[0]! * dims[1]! }, (_, i) => all.subarray(i * width, (i + 1) * width));
}
