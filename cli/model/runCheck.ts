import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { checkFiles } from "../../gpu-worker/checkpoint/hub/checkFiles.ts";
import { describeModel } from "../../gpu-worker/checkpoint/hub/describeModel.ts";
import { snapshotOf } from "../../gpu-worker/checkpoint/hub/findSnapshot.ts";
import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { byteProgress } from "./byteProgress.ts";
import { modelPath } from "./modelPath.ts";

/**
 * `emend model check`: the files' hashes, then every network is built from its configuration and weights.
 * @throws EmendError `bad_model` that names what is wrong
 */
export async function runCheck(name: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  using cancel = cancelOnSignals();
  const path = modelPath(name);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new EmendError("not_found", `${path}: there is no such checkpoint.`);
  const folder = found.isDirectory() ? path : dirname(path);
  const snapshot = snapshotOf(path);

  // 1. The files. Those of an ordinary folder have no hashes to compare with.
  const progress = byteProgress("checked");
  const checked = snapshot && (await checkFiles(folder, { onProgress: progress.show, signal: cancel.signal }));
  progress.clear();
  if (snapshot && checked && checked.problems.length > 0) {
    const list = checked.problems.map(({ path, problem }) => `${path} ${problem}`).join("; ");
    const again = "fetch again what is wrong: give its emend model pull once more, with --verify";
    throw new EmendError("bad_model", `${snapshot.id}: ${list}; ${again}.`);
  }

  // 2. What they make
  const description = await describeModel(path);
  const { openEditModel } = await import("../../gpu-worker/models/openEditModel.ts"); // onnxruntime takes its time
  const model = await openEditModel(path, { device: "cpu" });
  await model.close();
  const { commit, bytes } = description;
  if (json) {
    const { files = null, hashed = 0 } = checked ?? {};
    console.log(JSON.stringify({ name: description.name, commit, path, ok: true, files, hashed, bytes }));
  } else {
    const hashes = checked ? `${checked.hashed} files have the right hash` : "no hashes are known for this folder";
    console.log(`${description.name} is whole: it opens, ${hashes} (${formatBytes(bytes)})`);
  }
}
