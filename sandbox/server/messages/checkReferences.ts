import { type FormIssue, formError } from "../errors/formError.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { componentReferences, embedReferences, isAttachmentReference, referencedFile } from "./media.ts";

/** Throws 50035 when an `attachment://` address names a file that the message does not have. */
export function checkReferences(
  message: Pick<StoredMessage, "embeds" | "components" | "files">,
  at: string[] = [],
): void {
  const references = [...embedReferences(message.embeds), ...componentReferences(message.components)];
  const issues: FormIssue[] = references
    .filter(({ url }) => isAttachmentReference(url) && !referencedFile(message.files, url))
    .map(({ path, url }) => ({
      path: [...at, ...path],
      code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
      message: `The referenced attachment ${url} was not found`,
    }));
  if (issues.length > 0) throw formError(issues);
}
