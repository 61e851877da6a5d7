import sharp from "sharp";
import type { State } from "../state/State.ts";
import { contentTypeOf } from "./contentTypeOf.ts";
import type { StoredFile } from "./FileStore.ts";

/** Bytes that came with a request, under the name the sender gave. */
export interface UploadedFile {
  filename: string;
  bytes: Buffer;
}

/** Keeps a file and measures it if it is a picture, as Discord does. */
export async function addFile(
  state: State,
  file: UploadedFile,
  place: { folder: string; ephemeral: boolean },
): Promise<StoredFile> {
  const filename = safeName(file.filename);
  const contentType = contentTypeOf(filename);
  const size = contentType.startsWith("image/") ? await measure(file.bytes) : undefined;
  const stored: StoredFile = {
    id: state.snowflakes.next(),
    ...place,
    filename,
    bytes: file.bytes,
    contentType,
    width: size?.width,
    height: size?.height,
  };
  state.files.add(stored);
  return stored;
}

/** Discord keeps letters, digits, dot, dash and underscore; the rest becomes an underscore. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const safe = base.replace(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "");
  return safe === "" ? "unknown" : safe;
}

/** Width and height as shown, so after the orientation tag; undefined when the bytes are no picture. */
async function measure(bytes: Buffer): Promise<{ width: number; height: number } | undefined> {
  try {
    const { width, height, orientation } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
