import { access, constants, stat } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { encoderFor } from "../../gpu-worker/image/encodePicture.ts";
import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * Where the result goes, checked before any work is done: the extension is one that we write, the folder is there and
 * can be written to, and the file is not the input.
 * @throws EmendError `bad_usage`
 */
export async function resolveOutput(input: string, out: string | undefined): Promise<string> {
  const { dir, name } = parse(input);
  const output = out ?? join(dir, `${name}.edited.png`);
  if (!encoderFor(output))
    throw usage(`${output}: the result can be a .png, .jpg or .webp file; choose one with --out.`);

  const folder = dirname(output);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw usage(`${folder}: there is no such folder; make it, or choose another with --out.`);
  await access(folder, constants.W_OK).catch((error) => {
    throw usage(`${folder}: cannot be written to; choose another folder with --out.`, error);
  });

  const existing = await stat(output).catch(() => undefined);
  if (existing?.isDirectory()) throw usage(`${output}: is a folder; name a file with --out.`);
  const source = await stat(input).catch(() => undefined);
  if (existing && source && existing.ino === source.ino && existing.dev === source.dev) {
    throw usage(`${output}: is the picture itself, which is never overwritten; choose another file with --out.`);
  }
  return output;
}

const usage = (message: string, cause?: unknown) => new EmendError("bad_usage", message, { cause });
