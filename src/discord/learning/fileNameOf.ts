/** A task's name as a file's, without an extension: names hold letters, digits, blanks, - and _ only. */
export const fileNameOf = (name: string): string => name.replaceAll(" ", "-");
