import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../../checkpoint/badModel.ts";
import { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { LruCache } from "../../models/LruCache.ts";
import { NONE, type PredictorConfig, predictorSchema } from "./config.ts";
import { LearnedTaskRouter } from "./LearnedTaskRouter.ts";
import type { Prediction } from "./Prediction.ts";
import { SentenceEncoder } from "./SentenceEncoder.ts";
import { softmax } from "./softmax.ts";

/** What is known of a task that was learned later; a `LearnedTask` has it. */
export interface DescribedTask {
  readonly name: string;
  /** One sentence. */
  readonly description?: string;
  /** Instructions that ask for it. */
  readonly instructions: readonly string[];
}

/** Prototypes are kept for so many learned tasks; making those of one takes some 50 ms. */
const keptTasks = 256;

/**
 * Which of the tasks an instruction asks for (METHOD §3): a small sentence encoder with a head for the tasks, apart from
 * any checkpoint. Trained by training/emend_predict; the folder is described in docs/checkpoints.md.
 */
export class TaskPredictor {
  /** The tasks it was trained on. */
  readonly known: readonly string[];
  readonly #config: PredictorConfig;
  readonly #encoder: SentenceEncoder;
  readonly #router: LearnedTaskRouter | undefined;
  readonly #prototypes = new LruCache<string, readonly Float32Array[]>(keptTasks);

  private constructor(config: PredictorConfig, encoder: SentenceEncoder, router: LearnedTaskRouter | undefined) {
    this.known = config.labels.filter((label) => label !== NONE);
    this.#config = config;
    this.#encoder = encoder;
    this.#router = router;
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
    return new TaskPredictor(config, encoder, known && config.routing && new LearnedTaskRouter(config.routing, known));
  }

  /**
   * @param text any string will do; only its first `max_tokens` tokens count
   * @param learned tasks that were learned later and may be meant, too
   * @throws EmendError `bad_usage` for a learned task with a known one's name; `bad_model` without prototypes to route by
   */
  async predict(text: string, learned: readonly DescribedTask[] = []): Promise<Prediction> {
    const { logits, embedding } = await this.#encoder.encode(text);
    const { temperature, labels } = this.#config;
    const none = softmax(logits, temperature)[labels.indexOf(NONE)]!;
    const shares = softmax(logits.subarray(0, this.known.length), temperature);
    const trained = this.known.map((name, i) => ({ name, probability: shares[i]! }));
    const prototypes = new Map<string, readonly Float32Array[]>();
    for (const task of learned) prototypes.set(task.name, await this.#prototypesOf(task));
    const { tasks, share } = this.#router?.route(embedding, trained, prototypes) ?? { tasks: trained, share: 0 };
    // What goes to a learned task is an edit, whatever the head thinks of it.
    const edit = 1 - none * (1 - share);
    return { tasks: tasks.toSorted((a, b) => b.probability - a.probability), edit, embedding };
  }

  async #prototypesOf({ name, description = "", instructions }: DescribedTask): Promise<readonly Float32Array[]> {
    if (this.#config.labels.includes(name)) {
      throw new EmendError("bad_usage", `the name "${name}" belongs to a task that is built in; choose another.`);
    }
    if (!this.#router) throw new EmendError("bad_model", "this predictor has no prototypes, so it takes no new tasks.");
    const key = JSON.stringify([name, description, instructions]);
    const known = this.#prototypes.get(key);
    if (known) return known;
    const texts = [description, name.replaceAll(/[_-]+/g, " "), ...instructions].filter((text) => text.trim() !== "");
    const prototypes: Float32Array[] = [];
    for (const text of texts) prototypes.push((await this.#encoder.encode(text)).embedding);
    this.#prototypes.set(key, prototypes);
    return prototypes;
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
