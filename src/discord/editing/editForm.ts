import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord-api-types/v10";
import { MAX_INSTRUCTION } from "../../queue/contract/EditJob.ts";
import { taskNames } from "../../queue/tasks.ts";
import { type CustomId, makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";
import { AUTO } from "./requireKnownTask.ts";

export const EDIT_FORM = "edit-picture";

/** The form that asks what to change. @param id which handler takes it, and the record of what it is about */
export function editForm(id: CustomId, texts: Texts): APIModalInteractionResponseCallbackData {
  const { form, tasks, autoTask } = texts;
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
        component: {
          type: ComponentType.StringSelect,
          custom_id: "task",
          required: false,
          min_values: 0,
          max_values: 1,
          options: [
            { value: AUTO, label: autoTask, default: true },
            ...taskNames.map((task) => ({ value: task, label: task, description: tasks[task] })),
          ],
        },
      },
    ],
  };
}
