import { extensionOf } from "../server/cdn/contentTypeOf.ts";
import type { State } from "../server/state/State.ts";
import type { FileInput } from "./FileInput.ts";
import { PersonCannot } from "./PersonCannot.ts";

/** What the words in `file_types` stand for; the rest are extensions with a dot. */
const GROUPS: Record<string, string[]> = {
  image: ["png", "gif", "jpg", "jpeg", "jfif", "webp", "avif"],
  video: ["mp4", "mov", "webm"],
  audio: ["mp3", "ogg", "wav", "m4a", "flac"],
};

/** The client looks at the extension only, never at the bytes. */
export function checkFile(state: State, file: FileInput, fileTypes: readonly string[] | undefined): void {
  if (file.bytes.length > state.attachmentSizeLimit) {
    throw new PersonCannot(`Your files are too powerful: the limit is ${state.attachmentSizeLimit / 1024 / 1024} MB`);
  }
  if (!fileTypes || fileTypes.length === 0) return;
  const allowed = fileTypes.flatMap((type) => GROUPS[type] ?? [type.replace(/^\./, "").toLowerCase()]);
  if (!allowed.includes(extensionOf(file.name)))
    throw new PersonCannot(`${file.name} is not one of: ${fileTypes.join(", ")}`);
}
