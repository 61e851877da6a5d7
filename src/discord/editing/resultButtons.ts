import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";

/** What the buttons below a result are called in custom ids: `v1:<action>:<turn>`. Messages hold them for months. */
export const EDIT_AGAIN = "edit-again";
export const VARY = "vary";
export const UNDO = "undo";
export const RESTORE = "restore";
export const COMPARE = "compare";
export const HISTORY = "history";
export const DELETE_TURN = "delete-turn";

type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

/** The buttons below a result: what goes on from it, and what looks at it or takes it away. */
export function resultButtons(turn: Turn, { buttons }: Texts): ButtonRow[] {
  const button = buttonOf(turn);
  return [
    row(
      button(EDIT_AGAIN, buttons.editAgain, ButtonStyle.Primary),
      button(VARY, buttons.vary),
      button(UNDO, buttons.undo),
    ),
    row(
      button(COMPARE, buttons.compare),
      button(HISTORY, buttons.history),
      button(DELETE_TURN, buttons.delete, ButtonStyle.Danger),
    ),
  ];
}

/** The buttons below a result that was undone. */
export function undoneButtons(turn: Turn, { buttons }: Texts): ButtonRow[] {
  const button = buttonOf(turn);
  return [
    row(
      button(EDIT_AGAIN, buttons.editAgain, ButtonStyle.Primary),
      button(RESTORE, buttons.restore),
      button(HISTORY, buttons.history),
      button(DELETE_TURN, buttons.delete, ButtonStyle.Danger),
    ),
  ];
}

/** "Edit again" alone, for messages that speak about a result. */
export const editAgainRow = (turn: Turn, { buttons }: Texts): ButtonRow =>
  row(buttonOf(turn)(EDIT_AGAIN, buttons.editAgain, ButtonStyle.Primary));

/** How to go on, or back, after an undo. */
export const afterUndoRow = (turn: Turn, { buttons }: Texts): ButtonRow =>
  row(buttonOf(turn)(EDIT_AGAIN, buttons.editAgain, ButtonStyle.Primary), buttonOf(turn)(RESTORE, buttons.restore));

type ButtonColor = ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger;

const buttonOf =
  ({ id: key }: Turn) =>
  (action: string, label: string, style: ButtonColor = ButtonStyle.Secondary): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    custom_id: makeCustomId({ action, key }),
    label,
    style,
  });

const row = (...components: APIButtonComponentWithCustomId[]): ButtonRow => ({
  type: ComponentType.ActionRow,
  components,
});
