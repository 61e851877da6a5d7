import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { hubSettings } from "../../gpu-worker/checkpoint/hub/hubSettings.ts";
import { removeCachedModel } from "../../gpu-worker/checkpoint/hub/removeCachedModel.ts";
import { removeStale } from "../../gpu-worker/derived/removeStale.ts";
import { parseModelId } from "./parseModelId.ts";

/** `emend model remove` @throws EmendError */
export async function runRemove(name: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { freed, ...model } = await removeCachedModel(hubSettings().cache, parseModelId(name));
  const removed = { ...model, freed: freed + (await removeStale()) };
  if (json) console.log(JSON.stringify(removed));
  else console.log(`${name} is removed; ${formatBytes(removed.freed)} are free again`);
}
