import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from "discord-api-types/v10";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";

export const CANCEL_EDIT = "cancel";

export const cancelIdOf = (turnId: string): string => makeCustomId({ action: CANCEL_EDIT, key: turnId });

/** "Cancel", below the progress of an edit. */
export const cancelRow = (turnId: string, texts: Texts): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      custom_id: cancelIdOf(turnId),
      label: texts.cancelling.button,
      style: ButtonStyle.Secondary,
    },
  ],
});
