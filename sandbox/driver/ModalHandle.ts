import { type APIModalInteractionResponseCallbackData, ComponentType } from "discord-api-types/v10";
import type { InteractionRecord } from "../server/state/InteractionRecord.ts";
import { fieldsIn } from "./actions/submitModal.ts";

/** A form that an interaction opened; hand it to `user.submit(modal, {…})`. */
export class ModalHandle {
  readonly record: InteractionRecord;
  readonly form: APIModalInteractionResponseCallbackData;

  constructor(record: InteractionRecord, form: APIModalInteractionResponseCallbackData) {
    this.record = record;
    this.form = form;
  }

  get title(): string {
    return this.form.title;
  }
  get customId(): string {
    return this.form.custom_id;
  }
  /** The custom_ids of its fields, in order. */
  get fields(): string[] {
    return this.form.components.flatMap(fieldsIn).map(({ custom_id }) => custom_id);
  }
  /** Labels and texts, one per line. */
  get text(): string {
    const lines = this.form.components.map((part) => {
      if (part.type === ComponentType.Label) return [part.label, part.description];
      return part.type === ComponentType.TextDisplay ? [part.content] : part.components.map(({ label }) => label);
    });
    return lines.flat().filter(Boolean).join("\n");
  }
}
