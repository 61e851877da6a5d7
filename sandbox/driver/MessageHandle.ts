import type { APIMessage } from "discord-api-types/v10";
import { MessageFlags } from "discord-api-types/v10";
import type { StoredFile } from "../server/cdn/FileStore.ts";
import { componentReferences, embedReferences, referencedFile } from "../server/messages/media.ts";
import { messageView } from "../server/messages/messageView.ts";
import type { State } from "../server/state/State.ts";
import type { StoredMessage } from "../server/state/StoredMessage.ts";
import { buttonsOf, componentsOf } from "./actions/useComponent.ts";
import { type WaitOptions, waitFor } from "./waitFor.ts";

/** A file or picture of a message, wherever it stands: attachment, embed, gallery, thumbnail or file component. */
export interface MessagePicture {
  name: string;
  bytes: Buffer;
  contentType: string;
  description: string | undefined;
  spoiler: boolean;
  width: number | undefined;
  height: number | undefined;
}

/** A message as a person sees it, always as it is now: edits show up in the same handle. */
export class MessageHandle {
  readonly #state: State;
  readonly stored: StoredMessage;

  constructor(state: State, stored: StoredMessage) {
    this.#state = state;
    this.stored = stored;
  }

  get id(): string {
    return this.stored.id;
  }
  get channelId(): string {
    return this.stored.channelId;
  }
  get authorId(): string {
    return this.stored.authorId;
  }
  /** The author's user name. */
  get author(): string {
    return this.#state.users.get(this.stored.authorId)?.username ?? "";
  }
  get content(): string {
    return this.stored.content;
  }
  /** All text together: content, embeds, text displays and button labels, one per line. */
  get text(): string {
    const embeds = this.stored.embeds.flatMap(({ author, title, description, fields, footer }) => [
      author?.name,
      title,
      description,
      ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ]);
    const texts = componentsOf(this.stored).flatMap((part) =>
      "content" in part ? [part.content] : "label" in part ? [part.label] : [],
    );
    return [this.content, ...embeds, ...texts].filter((line) => line !== undefined && line !== "").join("\n");
  }
  get isEphemeral(): boolean {
    return this.stored.ephemeralFor !== undefined;
  }
  /** "… is thinking": deferred and not filled yet. */
  get isLoading(): boolean {
    return (this.stored.flags & MessageFlags.Loading) !== 0;
  }
  get isDeleted(): boolean {
    return this.stored.deleted;
  }
  get isEdited(): boolean {
    return this.stored.editedAt !== null;
  }
  /** The id of the message that this one replies to. */
  get replyTo(): string | undefined {
    return this.stored.reference?.messageId;
  }
  /** Labels of the buttons that can be pressed. */
  get buttons(): string[] {
    return buttonsOf(this.stored)
      .filter(({ disabled }) => !disabled)
      .map((button) => ("label" in button && button.label) || ("custom_id" in button ? button.custom_id : ""));
  }
  /** The message as Discord's API gives it, with freshly signed addresses and nothing blanked. */
  get raw(): APIMessage {
    return messageView(this.#state, this.stored, { mayReadContent: true });
  }

  /** Every file of the message in the order it is shown: embeds, components, then plain attachments. */
  get images(): MessagePicture[] {
    const { embeds, components, files } = this.stored;
    const inside = [...embedReferences(embeds), ...componentReferences(components)].flatMap(
      ({ url }) => referencedFile(files, url) ?? [],
    );
    const descriptions = new Map(galleryItems(this.stored).map(({ url, description }) => [url, description]));
    return [...new Set([...inside, ...files])].flatMap((file) => {
      const stored: StoredFile | undefined = this.#state.files.get(file.id);
      if (!stored) return [];
      const { filename: name, bytes, contentType, width, height } = stored;
      const description = file.description ?? descriptions.get(`attachment://${file.filename}`);
      return [{ name, bytes, contentType, description, spoiler: file.spoiler, width, height }];
    });
  }

  /** Waits until the message, as edited by then, fits. */
  expect(predicate: (message: MessageHandle) => boolean, options?: WaitOptions): Promise<MessageHandle> {
    const what = () => `message ${this.id} to change; it says: ${this.text.slice(0, 300)}`;
    return waitFor(this.#state.hub, what, () => (predicate(this) ? this : undefined), options);
  }

  expectDeleted(options?: WaitOptions): Promise<MessageHandle> {
    return this.expect(({ isDeleted }) => isDeleted, options);
  }
}

function galleryItems(message: StoredMessage): { url: string; description: string | undefined }[] {
  return componentsOf(message).flatMap((part) => {
    if ("items" in part)
      return part.items.map(({ media, description }) => ({ url: media.url, description: description ?? undefined }));
    return "media" in part ? [{ url: part.media.url, description: part.description ?? undefined }] : [];
  });
}
