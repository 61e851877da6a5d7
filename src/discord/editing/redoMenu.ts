import {
  type APIActionRowComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ComponentType,
} from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import { taskNames } from "../../queue/tasks.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";

export const REDO = "redo";

/** Discord's limits. */
const MAX_OPTIONS = 25;
const MAX_TEXT = 100;

/**
 * "Redo as …": the model's tasks and those that the server taught, the most probable first, to make the same edit again with another one. Undefined for a
 * model without tasks. The menu's id names the turn, which is looked up when somebody uses it.
 */
export function redoMenu(
  turn: Turn,
  { task, probabilities }: EditDone,
  texts: Texts,
): APIActionRowComponent<APIStringSelectComponent> | undefined {
  if (task === null) return undefined;
  const predicted = probabilities.map(({ name }) => name);
  // Without a predictor nobody has an opinion on what the server taught; it is offered all the same, before the rest.
  const learned = (turn.learned ?? []).map(({ name }) => name);
  const names = new Set(predicted.length > 0 ? [...predicted, task, ...learned] : [task, ...learned, ...taskNames]);
  const options = [...names].slice(0, MAX_OPTIONS).map((name): APISelectMenuOption => {
    const share = Math.round(100 * (probabilities.find((each) => each.name === name)?.probability ?? 0));
    const words = [share > 0 ? `${share} %` : "", taskText(name, texts)].filter(Boolean).join(" · ");
    return {
      value: name,
      label: name.slice(0, MAX_TEXT),
      ...(words === "" ? {} : { description: words.slice(0, MAX_TEXT) }),
    };
  });
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: makeCustomId({ action: REDO, key: turn.id }),
        placeholder: texts.result.redo,
        options,
      },
    ],
  };
}

/** What a task does; nothing for one that was learned later. */
function taskText(name: string, { tasks }: Texts): string {
  const known = taskNames.find((each) => each === name);
  return known === undefined ? "" : tasks[known];
}
