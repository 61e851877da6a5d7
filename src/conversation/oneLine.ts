/** Control characters, invisible ones, and those that turn the direction of writing around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;

/** Somebody's words as one well-formed line without invisible characters; may be empty. */
export const oneLine = (text: string): string =>
  text.toWellFormed().normalize("NFC").replace(/\s+/gu, " ").replace(INVISIBLE, "").replace(/ {2,}/g, " ").trim();
