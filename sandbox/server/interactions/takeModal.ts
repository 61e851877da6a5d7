import type { APIModalInteractionResponseCallbackData } from "discord-api-types/v10";
import { formError, parseForm } from "../errors/formError.ts";
import { checkComponents, fillComponentIds } from "../validate/checkComponents.ts";
import { modal } from "../validate/modal.ts";

/** Checks the form that a modal answer carries. */
export function takeModal(data: unknown): APIModalInteractionResponseCallbackData {
  const form = parseForm(modal, data ?? {}, ["data"]) as APIModalInteractionResponseCallbackData;
  const issues = checkComponents(form.components);
  if (issues.length > 0) throw formError(issues.map((issue) => ({ ...issue, path: ["data", ...issue.path] })));
  fillComponentIds(form.components);
  return form;
}
