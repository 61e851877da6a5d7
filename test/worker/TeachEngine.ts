import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EditOptions, EditRequest, EditResult } from "../../gpu-worker/engine/EditEngine.ts";
import type {
  LearningEngine,
  LearnOptions,
  LearnProgress,
  LearnRequest,
  LearnResult,
} from "../../gpu-worker/engine/learning.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { inspectTaskFile } from "../../src/learning/inspectTaskFile.ts";
import { TintEngine, type TintOptions } from "./TintEngine.ts";

export interface TeachOptions extends TintOptions {
  /** Pause per gradient step. Milliseconds. */
  learnStepMs?: number;
  learnSteps?: number;
  /** How many of the first trainings fail as a dying engine does, in the middle. */
  learnFailures?: number;
}

/** The hash of "its" checkpoint. */
export const OUR_CHECKPOINT = "c".repeat(64);

/** A task file as the engine would write it; the last four bytes are a check sum, so that tampering is found. */
export function makeTaskFile(name: string, change: Record<string, string> = {}): Uint8Array {
  const about = { format: "emend-learned-task", version: "1", name, description: "", checkpoint: OUR_CHECKPOINT };
  const tensors = { task: { dtype: "F32", shape: [4], data_offsets: [0, 16] } };
  const header = Buffer.from(JSON.stringify({ __metadata__: { ...about, ...change }, ...tensors }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const sum = createHash("sha256").update(header).digest().subarray(0, 16);
  return Buffer.concat([length, header, sum]);
}

/** A TintEngine that "learns": counts steps, goes on from a checkpoint, and routes to a learned task by its name. */
export class TeachEngine extends TintEngine implements LearningEngine {
  override readonly options: TeachOptions;
  readonly trainings: LearnRequest[] = [];
  /** The step at which each training began. */
  readonly begunAt: number[] = [];

  constructor(options: TeachOptions = {}) {
    super(options);
    this.options = options;
  }

  async learn(request: LearnRequest, { onProgress, signal }: LearnOptions = {}): Promise<LearnResult> {
    this.trainings.push(request);
    const steps = request.steps ?? this.options.learnSteps ?? 10;
    const begin = request.resume ? Number(Buffer.from(request.resume).toString()) : 0;
    if (Number.isNaN(begin)) throw new EmendError("bad_usage", "the checkpoint is of another version");
    this.begunAt.push(begin);
    for (let step = begin + 1; step <= steps; step++) {
      try {
        await sleep(this.options.learnStepMs ?? 1, undefined, signal ? { signal } : {});
      } catch (cause) {
        throw new EmendError("cancelled", "the training was cancelled", { cause });
      }
      const { learnFailures = 0 } = this.options;
      if (learnFailures > 0 && step === Math.ceil(steps / 2)) {
        this.options.learnFailures = learnFailures - 1;
        throw new EmendError("engine_failed", "the engine ended unexpectedly");
      }
      onProgress?.(this.progressAt(step, steps));
    }
    return {
      file: makeTaskFile(request.name, { description: request.description ?? "" }),
      steps,
      losses: Array.from({ length: steps + 1 }, (_, step) => [step, 1 / (step + 1)] as const),
      pictures: request.examples.map(({ output }) => output),
      milliseconds: 42,
    };
  }

  protected progressAt(step: number, steps: number): LearnProgress {
    return {
      ...{ step, steps, loss: 1 / (step + 1), remainingMilliseconds: (steps - step) * 1_000 },
      checkpoint: Buffer.from(String(step)),
      preview: { width: 8, height: 8, data: new Uint8Array(192).fill(step) },
    };
  }

  override async edit(request: EditRequest, options?: EditOptions): Promise<EditResult> {
    const names = (request.learned ?? []).map(readName);
    const spoken = names.find((name) => request.instruction.includes(name));
    const task = request.task === "auto" ? spoken : names.find((name) => name === request.task);
    if (task === undefined) return super.edit(request, options);
    const result = await super.edit({ ...request, task: "auto" }, options);
    this.edits.splice(-1, 1, request);
    return { ...result, task, tasks: [{ name: task, probability: 0.9 }, ...result.tasks] };
  }
}

function readName(bytes: Uint8Array): string {
  const { name, checkpoint } = inspectTaskFile(bytes);
  if (checkpoint !== OUR_CHECKPOINT) throw new EmendError("bad_usage", "the task file is of another checkpoint");
  const header = bytes.subarray(8, bytes.length - 16);
  const sum = createHash("sha256").update(header).digest().subarray(0, 16);
  if (Buffer.compare(sum, bytes.subarray(-16)) !== 0) throw new EmendError("bad_usage", "the task file is damaged");
  return name;
}
