import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { badModel } from "./badModel.ts";

/**
 * The file of that name in a checkpoint folder, absolute, links resolved. Links may lead to another place in the
 * folder, or to a Hugging Face cache's blobs (whose snapshots are made of such links), and nowhere else: a repository
 * that somebody else made must not choose which of this machine's files are read.
 * @param name with its part, "unet/config.json"
 * @param label how messages name the file
 * @throws EmendError `bad_model`
 */
export async function resolveInside(root: string, name: string, label: string): Promise<string> {
  try {
    const folder = await realpath(root);
    const file = await realpath(join(root, name));
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep) && !isBlob(file)) {
      throw badModel(label, "is a link that leads out of the checkpoint folder; put the file itself there");
    }
    if (!(await stat(file)).isFile()) throw badModel(label, "is not a file");
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "bad_model") throw error;
    if (code === "ENOENT" || code === "ENOTDIR") throw badModel(label, "is missing from the checkpoint folder", error);
    throw badModel(label, `cannot be read (${code})`, error);
  }
}

/** `…/models--OWNER--NAME/blobs/HASH`: named by what it holds, by a download. */
function isBlob(file: string): boolean {
  const blobs = dirname(file);
  const repository = basename(dirname(blobs));
  return (
    /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(basename(file)) &&
    basename(blobs) === "blobs" &&
    repository.startsWith("models--")
  );
}
