import { existsSync } from "node:fs";
import { join } from "node:path";
import { JsonLines } from "../../files/JsonLines.ts";
import { writeWhole } from "../../files/writeWhole.ts";
import { repository } from "../../repository.ts";
import type { SectionSettings } from "../Section.ts";
import { type Arm, armSchema } from "./arms.ts";
import { runChild } from "./runChild.ts";
import { trainingPython } from "./trainingPython.ts";
import { trainingThreads } from "./trainingThreads.ts";

/** Held-out pairs in the training mix: at least fifty of each task. */
const heldOut = 2000;
const perShard = 5000;
/** Training pairs for each picture that an arm sees: enough for an expert to see few pairs twice. */
const share = 2.5;

/**
 * Trains the arms that are missing (training/emend_train/ablations.py) and returns all of this size.
 * @throws EmendError `not_found` without a Python, `cancelled`, `internal` when the training failed
 */
export async function trainArms(settings: SectionSettings, signal: AbortSignal | undefined): Promise<Arm[]> {
  const { work, seeds, samples, say } = settings;
  const python = trainingPython(settings.python, "the ablations");
  const [data, out] = [join(work, "ablations-data"), join(work, "ablations.jsonl")];
  await writeData(data, Math.max(1000, Math.ceil(samples * share)), settings, signal);
  await runChild(
    python,
    [
      ...["-m", "emend_train.ablations", "--data", data, "--out", out],
      ...["--samples", String(samples), "--seeds", String(seeds)],
    ],
    { name: "the ablations' training", cwd: join(repository, "training"), env: trainingThreads(), onLine: say, signal },
  );
  const rows = (await new JsonLines<unknown>(out).read()).map((row) => armSchema.safeParse(row).data);
  return rows.filter((row) => row !== undefined && row.samples === samples && row.seed < seeds) as Arm[];
}

/** Makes the shards that are not there yet; a folder that somebody else filled is taken as it is. */
async function writeData(
  folder: string,
  count: number,
  { say }: SectionSettings,
  signal: AbortSignal | undefined,
): Promise<void> {
  const plan = join(folder, "emend-bench.json");
  if (existsSync(folder) && !existsSync(plan)) return;
  await writeWhole(plan, `${JSON.stringify({ train: count, benchmark: heldOut })}\n`);
  for (const [split, wanted] of [
    ["train", count],
    ["benchmark", heldOut],
  ] as const) {
    for (let start = 0; start < wanted; start += perShard) {
      const file = `${split}-${String(start / perShard).padStart(6, "0")}.tar`;
      const pairs = Math.min(perShard, wanted - start);
      if (existsSync(join(folder, file))) continue;
      say(`${file}: ${pairs} pairs`);
      const args = ["world", "write", "--out", folder, "--split", split, "--start", String(start)];
      await runChild(
        process.execPath,
        [join(repository, "cli", "main.ts"), ...args, "--count", String(pairs), "--per-shard", String(perShard)],
        { name: `writing ${file}`, cwd: repository, signal },
      );
    }
  }
}
