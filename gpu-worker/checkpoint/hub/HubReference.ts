/** A model on the hub: "owner/name", at a branch, tag or commit where one is given. */
export interface HubReference {
  readonly id: string;
  readonly revision?: string;
}

/** The commit that a snapshot is named after. */
export const isCommit = (revision: string): boolean => /^[0-9a-f]{40}$/.test(revision);

const part = /^[\w.-]{1,96}$/;
/** git's own rules are looser; these are what people use, and safe as a path below `refs/`. */
const revisionName = /^[\w][\w.+-]*(\/[\w][\w.+-]*)*$/;

/**
 * Reads "owner/name" or "owner/name@revision" by huggingface_hub's rules (validate_repo_id): letters, digits, "-", "_"
 * and "."; no part starts or ends with "-" or "."; no "--", no "..", no ".git" at the end.
 * @returns undefined for anything else
 */
export function parseHubReference(text: string): HubReference | undefined {
  const [id = "", revision, ...more] = text.split("@");
  if (more.length > 0 || id.length > 96 || !isHubId(id)) return undefined;
  if (revision === undefined) return { id };
  return isRevision(revision) ? { id, revision } : undefined;
}

/** Whether a revision's name can be asked for and be kept below `refs/`. */
export const isRevision = (revision: string): boolean =>
  revision.length <= 200 && revisionName.test(revision) && !revision.includes("..") && !revision.endsWith(".lock");

function isHubId(id: string): boolean {
  const parts = id.split("/");
  if (parts.length !== 2 || id.includes("--") || id.includes("..") || id.endsWith(".git")) return false;
  return parts.every((each) => part.test(each) && !/^[-.]|[-.]$/.test(each));
}
