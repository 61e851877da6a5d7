import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";

/** A description of `/settings` or a part of it, in all languages. */
export const describeSetting = (key: keyof typeof en.settings.commands) => ({
  description: en.settings.commands[key],
  description_localizations: { de: de.settings.commands[key] },
});
