import { type HubReference, isRevision, parseHubReference } from "../../gpu-worker/checkpoint/hub/HubReference.ts";
import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * The model that an argument names; a revision may stand in the name or in an option.
 * @throws EmendError `bad_usage`
 */
export function parseModelId(text: string, revision?: string): HubReference {
  const reference = parseHubReference(text);
  if (!reference) {
    const message = `${JSON.stringify(text)} is no model's name; they are owner/name or owner/name@revision.`;
    throw new EmendError("bad_usage", message);
  }
  if (revision === undefined) return reference;
  if (reference.revision !== undefined) {
    throw new EmendError("bad_usage", "the revision is given twice; leave out --revision or the part after @.");
  }
  if (!isRevision(revision)) {
    throw new EmendError("bad_usage", `--revision: ${JSON.stringify(revision)} is no name of a branch, tag or commit.`);
  }
  return { id: reference.id, revision };
}
