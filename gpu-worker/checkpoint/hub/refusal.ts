import { EmendError } from "../../../src/errors/EmendError.ts";
import type { Subject } from "./HubConnection.ts";

interface Asked extends Subject {
  readonly endpoint: string;
  readonly hasToken: boolean;
}

/**
 * What a person can do about the hub's 4xx answer; the hub says the reason in X-Error-Code (as huggingface_hub's
 * hf_raise_for_status reads it).
 */
export function refusal({ status, headers }: Response, asked: Asked): EmendError {
  const { id, revision, path, endpoint, hasToken } = asked;
  const page = `${endpoint}/${id}`;
  const code = headers.get("x-error-code");
  if (code === "GatedRepo") {
    const how = hasToken
      ? `with the account of your token, which has no access yet`
      : `and set HF_TOKEN to a token of your account`;
    return new EmendError("forbidden", `${id} is gated: accept the licence at ${page} ${how}.`);
  }
  if (code === "RevisionNotFound") {
    return new EmendError("not_found", `${id} has no revision "${revision}"; see ${page}/commits/main.`);
  }
  if (code === "EntryNotFound") {
    return new EmendError("not_found", `${id} has no file ${path ?? ""} at ${revision}; see ${page}/tree/${revision}.`);
  }
  if (status === 401 && /credentials/i.test(headers.get("x-error-message") ?? "")) {
    return new EmendError(
      "forbidden",
      `the hub does not accept the token; make a new one at ${endpoint}/settings/tokens.`,
    );
  }
  if (code === "RepoNotFound" || status === 401 || status === 404) {
    const how = hasToken ? "your token may not read it" : "it is private: set HF_TOKEN";
    return new EmendError("not_found", `${id}: there is no such model at ${endpoint}, or ${how}; check the name.`);
  }
  if (status === 403) {
    return new EmendError("forbidden", `${id}: access is refused; check HF_TOKEN and ${page}.`);
  }
  return new EmendError("download_failed", `${id}: the hub answers ${status} for ${path ?? "the list of files"}.`);
}
