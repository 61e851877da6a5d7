import { describeModel } from "../../gpu-worker/checkpoint/hub/describeModel.ts";
import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { hubSettings } from "../../gpu-worker/checkpoint/hub/hubSettings.ts";
import { listCachedModels } from "../../gpu-worker/checkpoint/hub/listCachedModels.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";

/** `emend model list`: one line for each model, the bundled one first. */
export async function runList({ json }: { readonly json?: boolean }): Promise<void> {
  const { cache } = hubSettings();
  const { name, family, path, bytes } = await describeModel(resolveModelFolder({}));
  const bundled = { id: name, commit: null, revisions: [], folder: path, family, bytes, lastUsed: null };
  for (const model of [bundled, ...(await listCachedModels(cache))]) {
    if (json) {
      console.log(JSON.stringify({ ...model, bundled: model === bundled }));
      continue;
    }
    const { id, commit, revisions, lastUsed } = model;
    const at = commit === null ? "bundled" : `${[...revisions, commit.slice(0, 7)].join(", ")}`;
    const used = lastUsed === null ? "" : `  last used ${lastUsed.slice(0, 10)}`;
    console.log(`${id}  ${formatBytes(model.bytes)}  ${model.family}  (${at})${used}`);
  }
}
