import { type APIMessageTopLevelComponent, ComponentType } from "discord-api-types/v10";

/** What is looked at of a message: the part of Discord's JSON that can hold pictures. */
export interface MessageWithPictures {
  readonly attachments?: readonly { readonly url: string; readonly content_type?: string | undefined }[];
  readonly components?: readonly APIMessageTopLevelComponent[];
  readonly embeds?: readonly {
    readonly image?: { readonly url: string } | undefined;
    readonly thumbnail?: { readonly url: string } | undefined;
  }[];
  /** Forwarded messages. */
  readonly message_snapshots?: readonly { readonly message: MessageWithPictures }[];
}

/**
 * Addresses of all pictures that a message shows, in the order of display: files, galleries (their files are in no
 * list of attachments), embeds, then what was forwarded. At most ten.
 */
export function picturesOf(message: MessageWithPictures): string[] {
  const urls = [
    ...(message.attachments ?? [])
      .filter(({ content_type: type }) => type === undefined || type.startsWith("image/"))
      .map(({ url }) => url),
    ...(message.components ?? []).flatMap(inComponent),
    ...(message.embeds ?? []).flatMap(({ image, thumbnail }) => image?.url ?? thumbnail?.url ?? []),
    ...(message.message_snapshots ?? []).flatMap(({ message: forwarded }) => picturesOf(forwarded)),
  ];
  return [...new Set(urls)].slice(0, 10);
}

function inComponent(component: APIMessageTopLevelComponent): string[] {
  switch (component.type) {
    case ComponentType.Container:
      return component.components.flatMap((each) => inComponent(each));
    case ComponentType.MediaGallery:
      return component.items.map(({ media }) => media.url);
    case ComponentType.Section:
      return component.accessory.type === ComponentType.Thumbnail ? [component.accessory.media.url] : [];
    default:
      return [];
  }
}
