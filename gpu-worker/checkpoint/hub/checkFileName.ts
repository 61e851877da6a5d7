import { badModel } from "../badModel.ts";

const maxLength = 1024;
const maxSegment = 255;

/**
 * Refuses a repository's file name that could lead out of its snapshot, or be another file on another system: absolute
 * paths, "..", backslashes, drives and streams (":"), control characters.
 * @param label how the message names the repository
 * @throws EmendError `bad_model`
 */
export function checkFileName(label: string, name: string): void {
  const segments = name.split("/");
  const isSafe =
    name.length <= maxLength &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    !/[\\:\u0000-\u001f\u007f]/.test(name) &&
    segments.every((segment) => isSafeSegment(segment));
  if (isSafe) return;
  throw badModel(label, `is refused: it names a file ${JSON.stringify(name.slice(0, 80))}, which is no safe name`);
}

/** Windows drops blanks and dots at the end of a name: "..  " would be "..". */
const isSafeSegment = (segment: string): boolean =>
  segment !== "" && !/[. ]$/.test(segment) && Buffer.byteLength(segment) <= maxSegment;
