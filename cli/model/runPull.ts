import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { hubSettings } from "../../gpu-worker/checkpoint/hub/hubSettings.ts";
import type { PullPlan } from "../../gpu-worker/checkpoint/hub/planPull.ts";
import { pullModel } from "../../gpu-worker/checkpoint/hub/pullModel.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import type { PullCommandOptions } from "../model.ts";
import { byteProgress } from "./byteProgress.ts";
import { parseModelId } from "./parseModelId.ts";

/**
 * `emend model pull`: what will be fetched and how far it is goes to standard error, the folder to standard output.
 * @throws EmendError
 */
export async function runPull(id: string, options: PullCommandOptions): Promise<void> {
  const { revision, variant, file, safetyChecker, verify, dryRun, json } = options;
  const reference = parseModelId(id, revision);
  if (variant !== undefined && !/^\w+$/.test(variant)) {
    throw new EmendError("bad_usage", "--variant is one word, such as fp16.");
  }
  using cancel = cancelOnSignals();
  const { signal } = cancel;
  const progress = byteProgress("fetched");
  const start = performance.now();
  const say = (line: string) => {
    progress.clear();
    console.error(line);
  };
  try {
    const pulled = await pullModel(reference, {
      ...{ settings: hubSettings(), safetyChecker, signal },
      ...(variant === undefined ? {} : { variant }),
      ...(file === undefined ? {} : { file }),
      verify: verify === true,
      dryRun: dryRun === true,
      onPlan: (plan, missing) => json || describePlan(plan, missing).forEach(say),
      onProgress: progress.show,
      onWait: () => say("another emend is fetching this model; waiting for it …"),
      connection: {
        onRetry: (reason, milliseconds) => say(`${reason}; trying again in ${Math.ceil(milliseconds / 1000)} s`),
      },
    });
    progress.clear();
    const { id, commit, folder, files, bytes, transferred } = pulled;
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    if (json) {
      const list = files.map(({ path, size }) => ({ path, size }));
      const numbers = { bytes, transferred, seconds };
      console.log(JSON.stringify({ id, revision: pulled.revision, commit, folder, ...numbers, files: list }));
    } else if (!dryRun) {
      const name = pulled.revision === "main" ? id : `${id}@${pulled.revision}`;
      console.log(folder);
      console.error(`${id} is here (${formatBytes(transferred)} fetched, ${seconds} s); use it: EMEND_MODEL=${name}`);
    }
  } finally {
    progress.clear();
  }
}

/** What will be fetched: a line for the model, one for each part. */
function describePlan({ repository, files, bytes }: PullPlan, missing: number): string[] {
  const { id, revision, commit } = repository;
  const there = missing < bytes ? `, ${formatBytes(bytes - missing)} of them here already` : "";
  const parts = Map.groupBy(files, ({ path }) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : ""));
  return [
    `${id} at ${revision} (${commit.slice(0, 7)}): ${formatBytes(bytes)} in ${files.length} files${there}`,
    ...[...parts].flatMap(([part, inside]) => {
      const [size, largest] = [
        inside.reduce((sum, each) => sum + each.size, 0),
        Math.max(...inside.map((f) => f.size)),
      ];
      const main = inside.find((each) => each.size === largest)!.path.slice(part === "" ? 0 : part.length + 1);
      return `  ${(part || "beside them").padEnd(18)} ${formatBytes(size).padStart(8)}  ${main}`;
    }),
  ];
}
