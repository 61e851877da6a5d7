import { store } from "./store.js";

/** Names and descriptions of commands, options and choices in the language that the person's Discord speaks. */

/** @param {{name: string, name_localizations?: Record<string, string> | null}} item */
export const label = (item) => item.name_localizations?.[store.locale] ?? item.name;

/** @param {{description?: string, description_localizations?: Record<string, string> | null}} item */
export const description = (item) => item.description_localizations?.[store.locale] ?? item.description ?? "";

/** A command that somebody used, by its own name: `task train`. @param {string} name */
export function commandLabel(name) {
  let items = store.commands;
  const words = name.split(" ").map((word) => {
    const found = items.find((item) => item.name === word);
    items = found?.options ?? [];
    return found ? label(found) : word;
  });
  // Message commands have blanks in their names.
  const whole = store.commands.find((item) => item.name === name);
  return whole ? label(whole) : words.join(" ");
}
