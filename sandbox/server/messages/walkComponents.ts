import type { APIMessageComponent, APIModalComponent } from "discord-api-types/v10";

export type AnyComponent = APIMessageComponent | APIModalComponent;

/** Every component with its path, parents before children, in reading order. */
export function* walkComponents(
  components: readonly AnyComponent[],
  at: readonly (string | number)[] = [],
): Generator<{ component: AnyComponent; path: readonly (string | number)[] }> {
  for (const [index, component] of components.entries()) {
    yield* walkOne(component, [...at, index]);
  }
}

function* walkOne(
  component: AnyComponent,
  path: readonly (string | number)[],
): Generator<{ component: AnyComponent; path: readonly (string | number)[] }> {
  yield { component, path };
  if ("components" in component) yield* walkComponents(component.components, [...path, "components"]);
  if ("component" in component) yield* walkOne(component.component, [...path, "component"]);
  if ("accessory" in component) yield* walkOne(component.accessory, [...path, "accessory"]);
}
