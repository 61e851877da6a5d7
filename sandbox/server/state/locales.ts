/** The languages that a person can choose, as Discord's client names them. */
export const locales = { "en-US": "English", de: "Deutsch" } as const;

export type Locale = keyof typeof locales;
