import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { EmendError } from "../src/errors/EmendError.ts";
import type { TaskName } from "../src/queue/tasks.ts";
import { type ExampleScene, exampleScenes } from "../world/exampleScenes.ts";
import {
  benchmarkFirstSeed,
  captionOf,
  Random,
  renderScene,
  type Split,
  sampleAnyPair,
  sampleScene,
  type UnseenTaskName,
  unseenTaskNames,
  worldTasks,
} from "../world/index.ts";
import { contactSheet, pictureCanvas } from "../world/preview.ts";
import { type ExampleOptions, writeExamples } from "../world/write/writeExamples.ts";
import { streamSamples, writeShards } from "../world/write/writeShards.ts";
import { anyTask } from "./world/anyTask.ts";
import { mendable } from "./world/mendable.ts";
import { whole } from "./world/whole.ts";

function splitOf(text: string): Split {
  if (text === "train" || text === "benchmark") return text;
  throw new EmendError("bad_usage", `--split must be train or benchmark, not "${text}".`);
}

type AnyTask = TaskName | UnseenTaskName;

const oneTask = (text: string): AnyTask | undefined => (text === "all" ? undefined : anyTask(text, "all or one of"));

function severalTasks(text: string): readonly AnyTask[] {
  if (text === "all") return worldTasks;
  return text === "unseen" ? unseenTaskNames : [anyTask(text, "all or one of unseen,")];
}

function exampleOf(name: string): ExampleScene {
  const example = Object.hasOwn(exampleScenes, name) ? exampleScenes[name] : undefined;
  if (example) return example;
  throw new EmendError(
    "bad_usage",
    `--example must be one of ${Object.keys(exampleScenes).join(", ")}, not "${name}".`,
  );
}

const maxSeed = 2 ** 52;
const maxSize = 2048;

interface WriteFlags {
  readonly out: string;
  readonly count?: number;
  readonly seed: number;
  readonly size: number;
  readonly split: Split;
  readonly perShard: number;
  readonly start: number;
  readonly task?: AnyTask | undefined;
}

async function write(flags: WriteFlags): Promise<void> {
  const { seed, size, split, start, task } = flags;
  const shared = { seed, size, split, start, ...(task ? { task } : {}) };
  const began = performance.now();
  if (flags.out === "-") {
    const count = flags.count ?? Number.POSITIVE_INFINITY;
    await mendable("standard output", () => streamSamples(process.stdout, { ...shared, count }));
    return;
  }
  if (flags.count === undefined) throw new EmendError("bad_usage", "--count is needed when writing into a folder.");
  const count = flags.count;
  await mendable(flags.out, () =>
    writeShards(flags.out, flags.perShard, { ...shared, count }, (path, samples) => {
      console.error(`${path}: ${samples} pairs`);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  console.log(`${count} pairs in ${seconds.toFixed(1)} s: ${(count / seconds).toFixed(0)} pairs/s`);
}

interface PreviewFlags {
  readonly task: readonly AnyTask[];
  readonly split: Split;
  readonly seed: number;
  readonly size: number;
  readonly each: number;
  readonly show?: number;
  readonly columns: number;
  readonly out: string;
}

async function preview(flags: PreviewFlags): Promise<void> {
  const { split, size } = flags;
  // Another stretch of seeds for each task: the same seed would show every task the same scene.
  const fixed = split === "benchmark" && flags.seed === 0;
  const pairs = flags.task.flatMap((task, row) =>
    Array.from({ length: flags.each }, (_, i) =>
      sampleAnyPair((fixed ? benchmarkFirstSeed : flags.seed + row * 1000) + i, { split, size, task }),
    ),
  );
  const sheet = contactSheet(pairs, flags.columns, flags.show ?? Math.max(size, 128));
  await mendable(flags.out, async () => writeFile(flags.out, await sheet.encode("png")));
}

interface SceneFlags {
  readonly example?: ExampleScene;
  readonly seed: number;
  readonly size: number;
  readonly height?: number;
  readonly out: string;
}

async function scene(flags: SceneFlags): Promise<void> {
  const drawn = flags.example?.scene ?? sampleScene(new Random(flags.seed, 3));
  const width = flags.example?.width ?? flags.size;
  const height = flags.example?.height ?? flags.height ?? flags.size;
  const canvas = pictureCanvas(renderScene(drawn, width, height));
  await mendable(flags.out, async () => writeFile(flags.out, await canvas.encode("png")));
  console.log(captionOf(drawn));
}

/** `emend world …`: training data, contact sheets and single scenes of the synthetic world. */
export function register(program: Command): void {
  const world = program.command("world").description("makes exact training pairs from a synthetic picture-book world");

  world
    .command("write")
    .description("writes pairs as WebDataset tar shards, or as one tar to standard output")
    .requiredOption("--out <dir>", "folder for the shards, or - for standard output")
    .option("--count <n>", "how many pairs (without it, - is endless)", whole("count", 1, 1e9))
    .option("--seed <s>", "seed of sample 0; sample i has seed s + i", whole("seed", 0, maxSeed), 0)
    .option("--size <pixels>", "side of the pictures", whole("size", 16, maxSize), 64)
    .option("--split <name>", "train or benchmark", splitOf, "train" as const)
    .option("--task <name>", "only this task, an unseen one too (default: the sixteen in the training mix)", oneTask)
    .option("--per-shard <n>", "pairs per shard", whole("per-shard", 1, 1e6), 5000)
    .option("--start <k>", "index of the first sample", whole("start", 0, maxSeed), 0)
    .action(write);

  world
    .command("preview")
    .description("draws a contact sheet: source, target, instruction")
    .requiredOption("--out <file>", "the PNG to write")
    .addOption(
      new Option("--task <name>", "all (the sixteen), unseen (those of emend bench inversion), or one task")
        .argParser(severalTasks)
        .default(worldTasks, "all"),
    )
    .option("--split <name>", "train or benchmark", splitOf, "train" as const)
    .option("--seed <s>", "seed of the first pair", whole("seed", 0, maxSeed), 0)
    .option("--size <pixels>", "side at which the pictures are drawn", whole("size", 16, maxSize), 192)
    .option("--show <pixels>", "side at which they are shown on the sheet", whole("show", 16, maxSize))
    .option("--each <n>", "pairs per task", whole("each", 1, 100), 4)
    .option("--columns <n>", "pairs in a row", whole("columns", 1, 20), 4)
    .action(preview);

  world
    .command("examples")
    .description("writes a folder of examples for emend task learn: pictures and examples.jsonl")
    .requiredOption("--task <name>", "which task, an unseen one too", (text: string) => anyTask(text))
    .requiredOption("--out <dir>", "the folder")
    .option("--count <n>", "how many examples", whole("count", 1, 100), 10)
    .option("--seed <s>", "seed of example 0; example i has seed s + i", whole("seed", 0, maxSeed), 0)
    .option("--size <pixels>", "side of the pictures", whole("size", 16, maxSize), 64)
    .action(async ({ out, ...options }: ExampleOptions & { readonly out: string }) => {
      console.log(await mendable(out, () => writeExamples(out, options)));
    });

  world
    .command("scene")
    .description("draws one scene and prints its caption")
    .requiredOption("--out <file>", "the PNG to write")
    .option("--seed <s>", "which scene", whole("seed", 0, maxSeed), 0)
    .option("--size <pixels>", "width (and height)", whole("size", 16, maxSize), 768)
    .option("--example <name>", "a scene of examples/ instead, at its own size", exampleOf)
    .option("--height <pixels>", "height, if not square", whole("height", 16, maxSize))
    .action(scene);
}
