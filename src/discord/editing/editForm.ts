import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord-api-types/v10";
import type { GuildTask } from "../../learning/GuildTask.ts";
import { MAX_INSTRUCTION } from "../../queue/contract/EditJob.ts";
import { taskNames } from "../../queue/tasks.ts";
import { type CustomId, makeCustomId } from "../framework/customId.ts";
import { shorten } from "../shorten.ts";
import type { Texts } from "../texts/en.ts";
import { AUTO } from "./requireKnownTask.ts";

export const EDIT_FORM = "edit-picture";

/** Discord's limits: options of a menu, characters of each of their lines. */
const MAX_OPTIONS = 25;
const MAX_TEXT = 100;

/**
 * The form that asks what to change.
 * @param id which handler takes it, and the record of what it is about
 * @param taught what the server has published; as many as fit beside the built-in tasks are offered
 */
export function editForm(
  id: CustomId,
  texts: Texts,
  taught: readonly Pick<GuildTask, "name" | "description">[],
): APIModalInteractionResponseCallbackData {
  const { form, tasks, autoTask } = texts;
  const offered = taught.slice(0, MAX_OPTIONS - 1 - taskNames.length);
  return {
    custom_id: makeCustomId(id),
    title: form.title,
    components: [
      {
        type: ComponentType.Label,
        label: form.instruction,
        component: {
          type: ComponentType.TextInput,
          custom_id: "instruction",
          style: TextInputStyle.Paragraph,
          placeholder: form.placeholder,
          min_length: 1,
          max_length: MAX_INSTRUCTION,
          required: true,
        },
      },
      {
        type: ComponentType.Label,
        label: form.task,
        ...(offered.length < taught.length ? { description: form.moreTasks } : {}),
        component: {
          type: ComponentType.StringSelect,
          custom_id: "task",
          required: false,
          min_values: 0,
          max_values: 1,
          options: [
            { value: AUTO, label: autoTask, default: true },
            ...offered.map(({ name, description }) => ({
              value: name,
              label: name,
              description: shorten(description, MAX_TEXT) || form.taught,
            })),
            ...taskNames.map((task) => ({ value: task, label: task, description: tasks[task] })),
          ],
        },
      },
    ],
  };
}
