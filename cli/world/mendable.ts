import { EmendError } from "../../src/errors/EmendError.ts";

/** Writing fails for reasons that people can mend: say them in one line. */
export async function mendable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reasons: Record<string, string> = {
      ENOENT: "there is no such folder",
      EACCES: "no permission",
      ENOTDIR: "a part of the path is not a folder",
      EEXIST: "a file is in the way",
      EISDIR: "that is a folder",
      ENOSPC: "the disk is full",
      EFBIG: "the file grows too large for this disk or limit",
      EROFS: "the disk is read-only",
    };
    const reason = code === undefined ? undefined : reasons[code];
    if (reason === undefined) throw error;
    const full = code === "ENOSPC" || code === "EFBIG";
    throw new EmendError(full ? "internal" : "bad_usage", `cannot write ${path}: ${reason}.`, { cause: error });
  }
}
