import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";

/** A description of `/task` or a part of it, in all languages. */
export const describe = (key: keyof typeof en.learning.commands) => ({
  description: en.learning.commands[key],
  description_localizations: { de: de.learning.commands[key] },
});
