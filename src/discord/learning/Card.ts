import type { RawFile } from "discord.js";
import { type APIMessageTopLevelComponent, MessageFlags } from "discord-api-types/v10";

/** A message of components, with the files that stand in them. */
export interface Card {
  readonly components: APIMessageTopLevelComponent[];
  readonly files: RawFile[];
}

/** The card as the API wants it. */
export function bodyOf({ components, files }: Card) {
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    components,
    attachments: files.map(({ name }, id) => ({ id, filename: name })),
  };
}
