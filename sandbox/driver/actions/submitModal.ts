import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackComponent,
  type APITextInputComponent,
  ComponentType,
  InteractionType,
} from "discord-api-types/v10";
import { addFile } from "../../server/cdn/addFile.ts";
import { createInteraction } from "../../server/interactions/createInteraction.ts";
import { storedFileView } from "../../server/messages/messageView.ts";
import type { InteractionRecord } from "../../server/state/InteractionRecord.ts";
import type { State } from "../../server/state/State.ts";
import { type FileInput, isFileInput } from "../FileInput.ts";
import { checkFile } from "../fileRules.ts";
import { PersonCannot } from "../PersonCannot.ts";
import { Resolved } from "../Resolved.ts";
import { checkSelection } from "./useComponent.ts";

/** Text, picked values, files, or a tick; a field that is left out keeps its preset value. */
export type FieldValue = string | boolean | readonly string[] | FileInput | readonly FileInput[];
export type FieldValues = Readonly<Record<string, FieldValue | undefined>>;

type Field = APIComponentInLabel | APITextInputComponent;

/** A person fills in the form that an interaction opened and sends it. */
export async function submitModal(
  state: State,
  opened: InteractionRecord,
  values: FieldValues,
): Promise<InteractionRecord> {
  const form = opened.modal;
  const channel = state.channels.get(opened.channelId);
  if (!form || !channel) throw new PersonCannot("there is no form to send");
  const fields = form.components.flatMap(fieldsIn);
  for (const name of Object.keys(values)) {
    if (!fields.some((field) => field.custom_id === name)) throw new PersonCannot(`the form has no field ${name}`);
  }
  const resolved = new Resolved(state, channel);
  const components: object[] = [];
  for (const component of form.components) {
    components.push(await submitted(state, component, values, resolved));
  }
  const source = opened.sourceMessageId === undefined ? undefined : state.messages.get(opened.sourceMessageId);
  return createInteraction(state, {
    type: InteractionType.ModalSubmit,
    userId: opened.userId,
    channel,
    data: { custom_id: form.custom_id, components, ...resolved.data },
    ...(source ? { source } : {}),
  });
}

/** The fields to fill in; texts between them have none. */
export function fieldsIn(component: APIModalInteractionResponseCallbackComponent): Field[] {
  if (component.type === ComponentType.ActionRow) return component.components;
  return component.type === ComponentType.Label ? [component.component] : [];
}

async function submitted(
  state: State,
  component: APIModalInteractionResponseCallbackComponent,
  values: FieldValues,
  resolved: Resolved,
): Promise<object> {
  const { type, id } = component;
  const fill = async (field: Field) => ({
    type: field.type,
    id: field.id,
    custom_id: field.custom_id,
    ...(await fieldValue(state, field, values[field.custom_id], resolved)),
  });
  if (component.type === ComponentType.Label) return { type, id, component: await fill(component.component) };
  if (component.type === ComponentType.ActionRow)
    return { type, id, components: await Promise.all(component.components.map(fill)) };
  return { type, id };
}

async function fieldValue(
  state: State,
  field: Field,
  value: FieldValue | undefined,
  resolved: Resolved,
): Promise<object> {
  const required = !("required" in field) || field.required !== false;
  const missing = () => new PersonCannot(`this field is required: ${field.custom_id}`);
  const list = (value === undefined ? [] : Array.isArray(value) ? value : [value]) as (string | FileInput)[];
  switch (field.type) {
    case ComponentType.TextInput: {
      const text = String(value ?? field.value ?? "");
      if (text === "" && required) throw missing();
      const { min_length = 0, max_length = 4000 } = field;
      const fits = text === "" || ([...text].length >= min_length && [...text].length <= max_length);
      if (!fits)
        throw new PersonCannot(`${field.custom_id} must have between ${min_length} and ${max_length} characters`);
      return { value: text };
    }
    case ComponentType.FileUpload: {
      const files = list.filter(isFileInput);
      const minimum = required ? (field.min_values ?? 1) : 0;
      const maximum = field.max_values ?? 1;
      if (files.length < minimum || files.length > maximum)
        throw new PersonCannot(`${field.custom_id} takes between ${minimum} and ${maximum} files`);
      for (const file of files) checkFile(state, file, field.file_types);
      const place = { folder: state.applicationId, ephemeral: true };
      const upload = ({ name, bytes }: FileInput) =>
        addFile(state, { filename: name, bytes: Buffer.from(bytes) }, place);
      const stored = await Promise.all(files.map(upload));
      return { values: stored.map((file) => resolved.addAttachment(storedFileView(state, file))) };
    }
    case ComponentType.Checkbox:
      return { value: Boolean(value ?? field.default ?? false) };
    case ComponentType.RadioGroup: {
      const picked = value ?? field.options.find((option) => option.default)?.value;
      if (picked === undefined && required) throw missing();
      if (picked !== undefined && !field.options.some((option) => option.value === picked))
        throw new PersonCannot(`${picked} is not an option`);
      return { value: picked ?? null };
    }
    case ComponentType.CheckboxGroup: {
      const picked =
        value === undefined ? field.options.filter((option) => option.default).map((option) => option.value) : list;
      const { min_values = required ? 1 : 0, max_values = field.options.length } = field;
      if (picked.length < min_values || picked.length > max_values)
        throw new PersonCannot(`pick between ${min_values} and ${max_values}`);
      return { values: picked };
    }
    default: {
      const preset =
        "options" in field ? field.options.filter((option) => option.default).map((option) => option.value) : [];
      const picked = value === undefined ? preset : list.map(String);
      if (picked.length === 0 && !required) return { values: [] };
      checkSelection(field, picked, resolved);
      return { values: picked };
    }
  }
}
