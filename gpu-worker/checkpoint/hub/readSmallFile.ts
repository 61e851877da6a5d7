import { badModel } from "../badModel.ts";
import type { HubClient, HubRepository } from "./HubClient.ts";
import type { HubFile } from "./HubFile.ts";
import { hashBlob } from "./hashBlob.ts";

const maxBytes = 1024 * 1024;

/**
 * Reads a small JSON file of a repository without storing it.
 * @throws EmendError `bad_model` when it is large, has another hash than promised, or is no JSON
 */
export async function readSmallFile(
  client: HubClient,
  repository: HubRepository,
  file: HubFile,
  signal?: AbortSignal,
): Promise<unknown> {
  const label = `${repository.id}: ${file.path}`;
  if (file.size > maxBytes) throw badModel(label, `is refused: ${file.size} bytes are no configuration`);
  const content = await client.connection.retrying(
    async () => {
      const response = await client.open(repository, file.path, {}, signal);
      return client.connection.read(label, response, file.size, signal);
    },
    () => false,
    signal,
  );
  if (hashBlob(file.etag, file.size).update(content).digest("hex") !== file.etag) {
    throw badModel(label, "does not have the hash that the hub promised. Try again later");
  }
  try {
    return JSON.parse(content.toString());
  } catch (error) {
    throw badModel(label, "is not JSON", error);
  }
}
