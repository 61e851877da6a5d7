/** A text that comes from a file, for a message of one short line. */
export const shorten = (text: string): string => JSON.stringify(text.slice(0, 80)).slice(1, -1);
