import { de } from "./de.ts";
import { en, type Texts } from "./en.ts";

/** By Discord's locale codes, or their first part. A new language is one file and one line here. */
const languages = new Map<string, Texts>([
  ["en", en],
  ["de", de],
]);

/** The texts for a Discord locale such as "de" or "en-GB"; English when there is no translation. */
export function textsFor(locale: string | null | undefined): Texts {
  const code = locale ?? "en";
  return languages.get(code) ?? languages.get(code.split("-")[0] ?? "en") ?? en;
}
