import { addFile } from "../cdn/addFile.ts";
import { formError } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import type { State } from "../state/State.ts";
import type { MessageFile } from "../state/StoredMessage.ts";
import type { MessageBody } from "../validate/messageBody.ts";

/** Files in one request: n of `files[n]` → what was sent. */
export type Uploads = ReadonlyMap<string, { filename: string; bytes: Buffer }>;

const MAX_FILES = 10;

/** Throws 40005 when a file is larger than one attachment may be. */
export function checkSizes(state: State, uploads: Uploads): void {
  for (const { bytes } of uploads.values()) if (bytes.length > state.attachmentSizeLimit) throw refusals.tooLarge();
}

/**
 * The files a message has after the request. With an `attachments` list: exactly the listed ones, old and new; the rest
 * is dropped. Without: the old ones, then the new ones.
 */
export async function takeFiles(
  state: State,
  request: { uploads: Uploads; attachments: MessageBody["attachments"]; at?: string[] },
  existing: readonly MessageFile[],
  place: { folder: string; ephemeral: boolean },
): Promise<MessageFile[]> {
  checkSizes(state, request.uploads);
  const listed: NonNullable<MessageBody["attachments"]> = request.attachments ?? [
    ...existing.map(({ id }) => ({ id, filename: undefined, description: undefined, is_spoiler: undefined })),
    ...[...request.uploads.keys()].map((id) => ({
      id,
      filename: undefined,
      description: undefined,
      is_spoiler: undefined,
    })),
  ];
  if (listed.length > MAX_FILES) {
    const message = `Must be ${MAX_FILES} or fewer in length.`;
    throw formError([{ path: [...(request.at ?? []), "attachments"], code: "BASE_TYPE_MAX_LENGTH", message }]);
  }
  return Promise.all(
    listed.map(async ({ id, filename, description, is_spoiler }, index): Promise<MessageFile> => {
      const old = existing.find((file) => file.id === id);
      if (old) return { ...old, description: description ?? old.description, spoiler: is_spoiler ?? old.spoiler };
      const upload = request.uploads.get(id);
      if (!upload) {
        const path = [...(request.at ?? []), "attachments", index, "id"];
        throw formError([{ path, code: "ATTACHMENT_NOT_FOUND", message: `No file was sent for attachment ${id}` }]);
      }
      const stored = await addFile(state, { filename: filename ?? upload.filename, bytes: upload.bytes }, place);
      const spoiler = is_spoiler ?? stored.filename.startsWith("SPOILER_");
      return { id: stored.id, filename: stored.filename, description, spoiler };
    }),
  );
}
