import type { APIEmbed, APIMessageTopLevelComponent } from "discord-api-types/v10";
import type { StoredFile } from "../cdn/FileStore.ts";
import type { State } from "../state/State.ts";
import type { MessageFile } from "../state/StoredMessage.ts";
import { walkComponents } from "./walkComponents.ts";

const SCHEME = "attachment://";

export interface MediaReference {
  path: (string | number)[];
  url: string;
}

/** Every address of a picture or file inside embeds. */
export function embedReferences(embeds: readonly APIEmbed[]): MediaReference[] {
  return embeds.flatMap((embed, index) => {
    const found: [string[], string | undefined][] = [
      [["image", "url"], embed.image?.url],
      [["thumbnail", "url"], embed.thumbnail?.url],
      [["author", "icon_url"], embed.author?.icon_url],
      [["footer", "icon_url"], embed.footer?.icon_url],
    ];
    return found.flatMap(([path, url]) => (url === undefined ? [] : [{ path: ["embeds", index, ...path], url }]));
  });
}

/** Every address of a picture or file inside components. */
export function componentReferences(components: readonly APIMessageTopLevelComponent[]): MediaReference[] {
  return [...walkComponents(components)].flatMap(({ component, path }) => {
    const at = ["components", ...path];
    if ("items" in component) {
      return component.items.map((item, index) => ({
        path: [...at, "items", index, "media", "url"],
        url: item.media.url,
      }));
    }
    if ("media" in component) return [{ path: [...at, "media", "url"], url: component.media.url }];
    if ("file" in component) return [{ path: [...at, "file", "url"], url: component.file.url }];
    return [];
  });
}

/** The file that `attachment://name` means, if the address is of that kind and the message has the file. */
export function referencedFile(files: readonly MessageFile[], url: string): MessageFile | undefined {
  return isAttachmentReference(url) ? files.find((file) => url === SCHEME + file.filename) : undefined;
}

export function isAttachmentReference(url: string): boolean {
  return url.startsWith(SCHEME);
}

export function fileUrl(state: State, file: StoredFile): string {
  return state.cdnUrl + state.files.signedPath(file);
}

/** The fields Discord adds to a picture in an embed or component. */
export function resolvedMedia(state: State, files: readonly MessageFile[], url: string) {
  const own = referencedFile(files, url);
  const stored = own && state.files.get(own.id);
  if (!stored) return { url, proxy_url: url };
  const signed = fileUrl(state, stored);
  return {
    url: signed,
    proxy_url: signed,
    content_type: stored.contentType,
    ...(stored.width === undefined || stored.height === undefined
      ? {}
      : { width: stored.width, height: stored.height }),
    attachment_id: stored.id,
  };
}
