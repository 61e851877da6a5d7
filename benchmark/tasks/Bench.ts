import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { TaskName } from "../../src/queue/tasks.ts";
import { worldTasks } from "../../world/index.ts";
import { JsonLines } from "../files/JsonLines.ts";
import { type Condition, nameOf } from "./Condition.ts";
import { type Direction, directionOf } from "./directionOf.ts";
import { type NumberedPair, PairStore } from "./PairStore.ts";
import { type PairScore, scorePair } from "./scorePair.ts";
import { wrongTask } from "./wrongTask.ts";

/** One answered pair. */
export interface PairResult extends PairScore {
  readonly task: TaskName;
  readonly index: number;
  readonly print: string;
  readonly direction?: Direction;
  /** The task that conditioned the model. */
  readonly given?: string;
  /** Evaluations of the whole U-Net, and of its outer layers alone; wall time of the edit in seconds. */
  readonly evaluations: number;
  readonly shallow?: number;
  readonly seconds: number;
}

export interface BenchOptions {
  /** Opened by the caller when the first edit is wanted. */
  readonly engine: () => Promise<EditEngine>;
  /** The model's own folder for what was measured: another model has another. */
  readonly work: string;
  /** Identifies the predictor: what it chose is measured anew with another one. */
  readonly predictor?: string;
  /** Pairs per task, at most. */
  readonly limit?: number;
  readonly onPair?: (condition: string, done: number) => void;
  readonly signal?: AbortSignal;
}

/** Answers pairs of the benchmark and keeps every score on disk as soon as it is there, so that nothing is done twice. */
export class Bench {
  /** Whether what an earlier run measured is to be measured again. */
  redo = false;
  readonly #options: BenchOptions;
  readonly #pairs = new PairStore();
  readonly #touched = new Set<string>();

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  engine(): Promise<EditEngine> {
    return this.#options.engine();
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal;
  }

  /** Pairs per task, where a section takes at most `most`. */
  limit(most = 100): number {
    return Math.min(this.#options.limit ?? most, most);
  }

  /** The tasks that both the world and the model know. @throws EmendError `bad_model` when there is none */
  async tasks(): Promise<readonly TaskName[]> {
    const { info } = await this.engine();
    const known = worldTasks.filter((task) => info.tasks.includes(task));
    if (known.length > 0) return known;
    throw new EmendError("bad_model", `the model ${info.model} knows none of the world's tasks.`);
  }

  /**
   * The scores of the first `limit` pairs of each task.
   * @throws EmendError `cancelled`, and what the engine throws
   */
  async measure(condition: Condition, limit: number): Promise<PairResult[]> {
    const file = this.#file(condition);
    // Several sections may share a condition: in one run it is measured anew once.
    if (this.redo && !this.#touched.has(file)) await rm(file, { force: true });
    this.#touched.add(file);
    const lines = new JsonLines<PairResult>(file);
    const known = new Map((await lines.read()).map((each) => [`${each.task} ${each.index} ${each.print}`, each]));
    const results: PairResult[] = [];
    for (const task of await this.tasks()) {
      for (const numbered of this.#pairs.of(task, limit)) {
        let result = known.get(`${task} ${numbered.index} ${numbered.print}`);
        if (!result) {
          await setImmediate(); // lets Ctrl-C in between two pairs
          throwIfCancelled(this.signal);
          result = await this.#answer(condition, numbered);
          await lines.append(result);
        }
        results.push(result);
        this.#options.onPair?.(nameOf(condition), results.length);
      }
    }
    return results;
  }

  #file(condition: Condition): string {
    const { work, predictor } = this.#options;
    const who = condition.answer === "auto" && predictor !== undefined ? `-${predictor}` : "";
    return join(work, `${nameOf(condition)}${who}.jsonl`);
  }

  async #answer(condition: Condition, { pair, index, number, print }: NumberedPair): Promise<PairResult> {
    const start = performance.now();
    const { picture, evaluations, shallow, given } = await this.#edit(condition, pair, number);
    const seconds = (performance.now() - start) / 1000;
    const direction = directionOf(pair);
    return {
      task: pair.task,
      index,
      print,
      ...(direction && { direction }),
      ...(given !== undefined && { given }),
      evaluations,
      ...(shallow && { shallow }),
      seconds: Number(seconds.toFixed(4)),
      ...scorePair(pair, picture),
    };
  }

  async #edit(
    { answer, ...settings }: Condition,
    pair: NumberedPair["pair"],
    seed: number,
  ): Promise<{ picture: Picture; evaluations: number; shallow?: number; given?: string }> {
    if (answer === "copy") return { picture: pair.source, evaluations: 0 };
    if (answer === "exact") return { picture: pair.target, evaluations: 0 };
    const task = {
      named: pair.task,
      auto: "auto",
      wrong: answer === "wrong" ? (wrongTask(await this.tasks(), pair.task) ?? pair.task) : "",
    }[answer];
    const engine = await this.engine();
    const request = { picture: pair.source, instruction: pair.instruction, task, seed, ...settings };
    const {
      picture,
      evaluations,
      shallowEvaluations: shallow,
      task: given,
    } = await engine.edit(request, {
      previews: false,
      ...(this.signal && { signal: this.signal }),
    });
    return { picture, evaluations, shallow, ...(given !== undefined && { given }) };
  }
}
