import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";

/** A description of `/privacy` or a part of it, in all languages. */
export const describePrivacy = (key: keyof typeof en.privacy.commands) => ({
  description: en.privacy.commands[key],
  description_localizations: { de: de.privacy.commands[key] },
});
