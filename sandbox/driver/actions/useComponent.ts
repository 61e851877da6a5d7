import {
  type APIButtonComponent,
  type APIMessageComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
  InteractionType,
} from "discord-api-types/v10";
import { createInteraction } from "../../server/interactions/createInteraction.ts";
import { walkComponents } from "../../server/messages/walkComponents.ts";
import { canView } from "../../server/state/access.ts";
import type { Channel } from "../../server/state/Guild.ts";
import type { InteractionRecord } from "../../server/state/InteractionRecord.ts";
import type { State } from "../../server/state/State.ts";
import type { StoredMessage } from "../../server/state/StoredMessage.ts";
import { PersonCannot } from "../PersonCannot.ts";
import { Resolved } from "../Resolved.ts";

export function componentsOf(message: StoredMessage): APIMessageComponent[] {
  return [...walkComponents(message.components)].map(({ component }) => component as APIMessageComponent);
}

export function buttonsOf(message: StoredMessage): APIButtonComponent[] {
  return componentsOf(message).filter(
    (component): component is APIButtonComponent => component.type === ComponentType.Button,
  );
}

/** A person presses a button, named by its custom_id or its label. */
export function clickButton(
  state: State,
  userId: string,
  message: StoredMessage,
  customIdOrLabel: string,
): InteractionRecord {
  const channel = reachableChannel(state, userId, message);
  const buttons = buttonsOf(message);
  const named = (button: APIButtonComponent) =>
    ("custom_id" in button && button.custom_id === customIdOrLabel) ||
    ("label" in button && button.label === customIdOrLabel);
  const button = buttons.find(named);
  if (!button) {
    const names = buttons.map((other) =>
      "label" in other ? other.label : "custom_id" in other ? other.custom_id : "?",
    );
    throw new PersonCannot(`no button "${customIdOrLabel}" here; there are: ${names.join(", ") || "none"}`);
  }
  if (button.disabled) throw new PersonCannot(`the button "${customIdOrLabel}" is disabled`);
  if (button.style === ButtonStyle.Link || !("custom_id" in button)) {
    throw new PersonCannot(`the button "${customIdOrLabel}" is a link`);
  }
  const data = { custom_id: button.custom_id, component_type: button.type, id: button.id };
  return createInteraction(state, { type: InteractionType.MessageComponent, userId, channel, source: message, data });
}

/** A person picks from a select menu: option values, or ids of users, roles or channels. */
export function chooseFromMenu(
  state: State,
  userId: string,
  message: StoredMessage,
  customId: string,
  values: readonly string[],
): InteractionRecord {
  const channel = reachableChannel(state, userId, message);
  const menu = componentsOf(message).find(
    (component): component is APISelectMenuComponent =>
      component.type !== ComponentType.Button && "custom_id" in component && component.custom_id === customId,
  );
  if (!menu) throw new PersonCannot(`no menu ${customId} here`);
  if (menu.disabled) throw new PersonCannot(`the menu ${customId} is disabled`);
  const resolved = new Resolved(state, channel);
  checkSelection(menu, values, resolved);
  const data = { custom_id: customId, component_type: menu.type, id: menu.id, values, ...resolved.data };
  return createInteraction(state, { type: InteractionType.MessageComponent, userId, channel, source: message, data });
}

type Selectable = Pick<APISelectMenuComponent, "type" | "min_values" | "max_values"> & {
  options?: { value: string }[];
};

/** Number and existence of picked values, for menus in messages and in modals. */
export function checkSelection(menu: Selectable, values: readonly string[], resolved: Resolved): void {
  const { min_values = 1, max_values = 1 } = menu;
  if (values.length < min_values || values.length > max_values) {
    throw new PersonCannot(`pick between ${min_values} and ${max_values}`);
  }
  for (const value of values) {
    if (menu.type === ComponentType.UserSelect) resolved.addUser(value);
    else if (menu.type === ComponentType.RoleSelect) resolved.addRole(value);
    else if (menu.type === ComponentType.ChannelSelect) resolved.addChannel(value);
    else if (menu.type === ComponentType.MentionableSelect) resolved.addMentionable(value);
    else if (!menu.options?.some((option) => option.value === value))
      throw new PersonCannot(`${value} is not an option`);
  }
}

function reachableChannel(state: State, userId: string, message: StoredMessage): Channel {
  const channel = state.channels.get(message.channelId);
  if (!channel || message.deleted) throw new PersonCannot("this message is gone");
  if (message.ephemeralFor !== undefined && message.ephemeralFor !== userId)
    throw new PersonCannot("you cannot see this message");
  if (!canView(state, channel, userId)) throw new PersonCannot("you cannot see this channel");
  return channel;
}
