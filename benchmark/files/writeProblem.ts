import { EmendError } from "../../src/errors/EmendError.ts";

const mendable: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space",
  EDQUOT: "the disk quota is used up; free some space",
  EFBIG: "the file grows too large for this disk or limit",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the disk is read-only",
  ENOTDIR: "a part of the path is not a folder",
  EEXIST: "a file is in the way",
  EISDIR: "that is a folder",
  ENOENT: "there is no such folder",
};

/** One line for a write that failed for a reason that people can mend; any other error as it is. */
export function writeProblem(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "";
  const reason = mendable[code];
  if (reason === undefined) return error;
  const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes(code);
  const line = `cannot write ${path}: ${reason}, and run the same command again: what was measured is kept.`;
  return new EmendError(full ? "internal" : "bad_usage", line, { cause: error });
}
