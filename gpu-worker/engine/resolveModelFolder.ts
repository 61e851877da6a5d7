import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EmendError } from "../../src/errors/EmendError.ts";
import { findSnapshot } from "../checkpoint/hub/findSnapshot.ts";
import { parseHubReference } from "../checkpoint/hub/HubReference.ts";
import { hubSettings } from "../checkpoint/hub/hubSettings.ts";

const bundled = fileURLToPath(new URL("../../models/mini", import.meta.url));

/**
 * Where the checkpoint is: EMEND_MODEL, which is a path (relative to the working directory) or the name of a model that
 * `emend model pull` fetched, "owner/name" or "owner/name@revision"; else the bundled models/mini. A path that exists goes
 * before a name. Asks no network.
 * @param cache of the hub's models; default huggingface_hub's
 * @throws EmendError `not_found` when a name is neither a path nor in the cache
 */
export function resolveModelFolder(env: { readonly EMEND_MODEL?: string | undefined }, cache?: string): string {
  const model = env.EMEND_MODEL;
  if (model === undefined) return bundled;
  const path = resolve(model);
  const reference = parseHubReference(model);
  if (existsSync(path) || !reference) return path;
  const snapshot = findSnapshot(cache ?? hubSettings().cache, reference);
  if (snapshot) return checkpointIn(snapshot.folder);
  const pull = `emend model pull ${reference.id}${reference.revision === undefined ? "" : ` --revision ${reference.revision}`}`;
  throw new EmendError("not_found", `${model}: is neither a folder nor a model that was fetched; run: ${pull}`);
}

/** The snapshot, or the one file of it that holds a whole checkpoint. */
function checkpointIn(snapshot: string): string {
  if (existsSync(join(snapshot, "model_index.json")) || existsSync(join(snapshot, "unet"))) return snapshot;
  const single = readdirSync(snapshot).filter((name) => /\.(safetensors|ckpt)$/.test(name));
  return single.length === 1 ? join(snapshot, single[0]!) : snapshot;
}
