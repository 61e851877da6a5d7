import { badModel } from "../badModel.ts";
import { headerLength, parseHeader } from "../safetensors.ts";
import { type ChooseOptions, chooseFiles, hasDiffusersLayout } from "./chooseFiles.ts";
import type { HubClient, HubRepository } from "./HubClient.ts";
import type { HubFile } from "./HubFile.ts";
import { ldmChannels } from "./ldmChannels.ts";
import { readSmallFile } from "./readSmallFile.ts";
import { recognise } from "./recognise.ts";

export interface PullPlan {
  readonly repository: HubRepository;
  readonly files: readonly HubFile[];
  /** Of all files. */
  readonly bytes: number;
}

export type PlanOptions = Omit<ChooseOptions, "absentParts">;

/**
 * Finds out what a revision is and which of its files are needed, from its list of files and its configurations. Nothing
 * is stored; a model of another kind is refused here, before its weights are asked for.
 * @throws EmendError
 */
export async function planPull(
  client: HubClient,
  id: string,
  revision: string,
  options: PlanOptions,
  signal?: AbortSignal,
): Promise<PullPlan> {
  const repository = await client.repository(id, revision, signal);
  const files = await client.files(repository, signal);
  const read = async (path: string): Promise<unknown> => {
    const file = files.find((each) => each.path === path);
    return file && readSmallFile(client, repository, file, signal);
  };
  let absentParts = new Set<string>();
  const inParts = options.file === undefined && hasDiffusersLayout(files);
  if (inParts) {
    const index = await read("model_index.json");
    const recognised = recognise(await read("unet/config.json"), index);
    if (typeof recognised === "string") throw badModel(id, `is no editing model: ${recognised}`);
    absentParts = partsWithout(index);
  }
  const chosen = chooseFiles(id, files, { ...options, absentParts });
  const single = inParts ? undefined : chosen.find(({ path }) => path.endsWith(".safetensors"));
  if (single) await checkSingleFile(client, repository, single, signal);
  return { repository, files: chosen, bytes: chosen.reduce((sum, { size }) => sum + size, 0) };
}

/** Parts that model_index.json has as `[null, null]`. */
function partsWithout(index: unknown): Set<string> {
  const entries = Object.entries((index ?? {}) as Record<string, unknown>);
  return new Set(entries.filter(([, value]) => Array.isArray(value) && value[0] === null).map(([name]) => name));
}

/** The header of a safetensors file stands at its start and names every tensor: a few hundred KB tell what it is. */
async function checkSingleFile(
  client: HubClient,
  repository: HubRepository,
  file: HubFile,
  signal?: AbortSignal,
): Promise<void> {
  const label = `${repository.id}: ${file.path}`;
  const channels = await client.connection.retrying(
    async () => {
      const response = await client.open(repository, file.path, {}, signal);
      let bytes = Buffer.alloc(0);
      for await (const chunk of client.connection.chunks(response, signal)) {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length < 8) continue;
        const length = headerLength(label, bytes.subarray(0, 8), file.size);
        if (bytes.length >= 8 + length)
          return ldmChannels(parseHeader(label, bytes.subarray(8, 8 + length), file.size));
      }
      throw badModel(label, "is cut short in its header");
    },
    () => false,
    signal,
  );
  if (channels === 8) return;
  const what =
    channels === undefined ? "it holds no U-Net" : `its U-Net takes ${channels} channels, one that edits takes 8`;
  throw badModel(label, `is no editing model: ${what}`);
}
