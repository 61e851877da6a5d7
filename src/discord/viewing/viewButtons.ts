import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from "discord-api-types/v10";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";

export const COMPARE = "compare";
export const HISTORY = "history";

/** The buttons below a result that only show something, to whoever presses them. */
export function viewButtons(turnId: string, { compare, history }: Texts): APIButtonComponentWithCustomId[] {
  const button = (action: string, label: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: makeCustomId({ action, key: turnId }),
    label,
  });
  return [button(COMPARE, compare.button), button(HISTORY, history.button)];
}
