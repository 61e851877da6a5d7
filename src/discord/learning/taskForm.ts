import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord-api-types/v10";
import { MAX_DESCRIPTION } from "../../queue/contract/LearnJob.ts";
import { makeCustomId } from "../framework/customId.ts";
import type { Texts } from "../texts/en.ts";

export const CREATE_FORM = "task-create";
export const MORE_FORM = "task-more";

/** Discord takes ten files in one field. */
const MAX_FILES = 10;
/** Five instructions of 1,000 characters would not fit into Discord's 4,000; people write less. */
const MAX_LINES_LENGTH = 4_000;

type Parts = APIModalInteractionResponseCallbackData["components"];

/** The form of `/task create`: name, description, pictures, instructions, and what happens to them. */
export function createForm(texts: Texts): APIModalInteractionResponseCallbackData {
  const { form } = texts.learning;
  const name: Parts[number] = {
    type: ComponentType.Label,
    label: form.name,
    component: {
      type: ComponentType.TextInput,
      custom_id: "name",
      style: TextInputStyle.Short,
      placeholder: form.namePlaceholder,
      min_length: 1,
      max_length: 60,
      required: true,
    },
  };
  const description: Parts[number] = {
    type: ComponentType.Label,
    label: form.description,
    component: {
      type: ComponentType.TextInput,
      custom_id: "description",
      style: TextInputStyle.Short,
      placeholder: form.descriptionPlaceholder,
      max_length: MAX_DESCRIPTION,
      required: false,
    },
  };
  return {
    custom_id: makeCustomId({ action: CREATE_FORM, key: "new" }),
    title: form.title,
    components: [name, description, ...exampleFields(texts, false)],
  };
}

/** The form behind "Add more". */
export function moreForm(taskId: string, texts: Texts): APIModalInteractionResponseCallbackData {
  return {
    custom_id: makeCustomId({ action: MORE_FORM, key: taskId }),
    title: texts.learning.form.moreTitle,
    components: exampleFields(texts, true),
  };
}

/** @param required a new task may begin without examples: results can become some later */
function exampleFields({ learning: { form, consent } }: Texts, required: boolean): Parts {
  return [
    {
      type: ComponentType.Label,
      label: form.pictures,
      description: form.picturesNote,
      component: {
        type: ComponentType.FileUpload,
        custom_id: "pictures",
        min_values: required ? 2 : 0,
        max_values: MAX_FILES,
        required,
      },
    },
    {
      type: ComponentType.Label,
      label: form.instructions,
      description: form.instructionsNote,
      component: {
        type: ComponentType.TextInput,
        custom_id: "instructions",
        style: TextInputStyle.Paragraph,
        placeholder: form.instructionsPlaceholder,
        max_length: MAX_LINES_LENGTH,
        required,
      },
    },
    { type: ComponentType.TextDisplay, content: consent },
  ];
}
