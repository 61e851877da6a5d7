import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { JsonLines } from "../files/JsonLines.ts";
import { repository } from "../repository.ts";
import { runChild } from "../tasks/ablations/runChild.ts";
import { trainingPython } from "../tasks/ablations/trainingPython.ts";
import { trainingThreads } from "../tasks/ablations/trainingThreads.ts";
import type { MethodName } from "./methods.ts";
import { type Row, rowSchema } from "./Row.ts";
import type { InversionSettings } from "./Settings.ts";
import { writePairs } from "./writePairs.ts";

/** The peers of training/emend_train/few_shot.py. */
export type PeerName = Extract<MethodName, "finetune" | "scratch" | "expert">;

/**
 * (c), (d) and (e): trained by PyTorch in a child process, which keeps what it has and goes on with what is missing.
 * @throws EmendError `not_found` without a Python, `cancelled`, `internal` when the training failed
 */
export async function measurePeers(method: PeerName, settings: InversionSettings): Promise<Row[]> {
  const { tasks, counts, limit, samples, pictures, model, work, modelWork, say, signal } = settings;
  const python = trainingPython(settings.python, "the trained peers");
  const data = await writePairs(settings);
  // What is trained from scratch does not depend on the model's weights.
  const folder = method === "finetune" ? modelWork : work;
  await mkdir(folder, { recursive: true });
  const out = join(folder, "few-shot.jsonl");
  // The experts are the reference, as long as a training run: one each.
  const seeds = method === "expert" ? 1 : settings.peerSeeds;
  const world = [process.execPath, join(repository, "cli", "main.ts")].map((part) => JSON.stringify(part)).join(" ");
  const endless = `pipe:${world} world write --out - --task {task} --count 1000000000 --seed {seed}`;
  await runChild(
    python,
    [
      ...["-m", "emend_train.few_shot", "--init", model, "--data", data, "--out", out, "--methods", method],
      ...["--tasks", tasks.join(","), "--counts", counts.join(","), "--seeds", String(seeds)],
      ...(pictures === undefined ? [] : ["--pictures", String(pictures)]),
      ...["--held-out", String(limit), "--samples", String(samples), "--expert-data", endless],
    ],
    { name: `the ${method} training`, cwd: join(repository, "training"), env: trainingThreads(), onLine: say, signal },
  );
  const rows = new Map<string, Row>();
  for (const line of await new JsonLines<unknown>(out).read()) {
    const { data: row } = rowSchema.safeParse(line);
    // The last of its kind is the one that belongs to the pairs and weights of now.
    if (row?.method === method && row.heldOut === limit) rows.set(`${row.task} ${row.count} ${row.seed}`, row);
  }
  const wanted = method === "expert" ? [samples] : counts;
  return tasks.flatMap((task) =>
    wanted.flatMap((count) =>
      Array.from({ length: seeds }, (_, seed) => rows.get(`${task} ${count} ${seed}`)).filter(
        (row) => row !== undefined,
      ),
    ),
  );
}
