import type { FormIssue } from "../errors/formError.ts";
import { type AnyComponent, walkComponents } from "../messages/walkComponents.ts";

/** Components of one message, nested ones counted. */
const MAX_COMPONENTS = 40;
/** Characters of all text displays together. */
const MAX_TEXT = 4000;

/** Rules that look at all components together: number, text total, and ids used once. */
export function checkComponents(components: readonly AnyComponent[]): FormIssue[] {
  const issues: FormIssue[] = [];
  const customIds = new Set<string>();
  const ids = new Set<number>();
  let count = 0;
  let characters = 0;
  for (const { component, path } of walkComponents(components)) {
    count++;
    const { custom_id, id } = component as { custom_id?: string; id?: number };
    if ("content" in component) characters += [...component.content].length;
    if (custom_id !== undefined) {
      if (customIds.has(custom_id)) {
        issues.push({
          path: ["components", ...path, "custom_id"],
          code: "COMPONENT_CUSTOM_ID_DUPLICATED",
          message: "Component custom id cannot be duplicated",
        });
      }
      customIds.add(custom_id);
    }
    if (id) {
      if (ids.has(id)) {
        issues.push({
          path: ["components", ...path, "id"],
          code: "COMPONENT_ID_DUPLICATED",
          message: "Component id cannot be duplicated",
        });
      }
      ids.add(id);
    }
  }
  const whole = (code: string, message: string) => issues.push({ path: ["components"], code, message });
  if (count > MAX_COMPONENTS) {
    whole("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", `The maximum number of components is ${MAX_COMPONENTS}`);
  }
  if (characters > MAX_TEXT) {
    whole(
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      `The displayable text of components exceeds ${MAX_TEXT} characters`,
    );
  }
  return issues;
}

/** Gives components without an id the lowest free number, in reading order, as Discord does. */
export function fillComponentIds(components: readonly AnyComponent[]): void {
  const all = [...walkComponents(components)].map(({ component }) => component as { id?: number | undefined });
  const used = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all) {
    if (component.id) continue;
    while (used.has(next)) next++;
    component.id = next++;
  }
}
