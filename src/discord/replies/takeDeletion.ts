import type { Services } from "../Services.ts";

/** Longer than the gateway takes to tell of a deletion. Seconds. */
const TELL_S = 60;

/** @returns false when somebody tells already of the deletion of this message, or it was done by its button */
export const takeDeletion = (messageId: string, { once }: Services): Promise<boolean> =>
  once.take(`deleted:${messageId}`, TELL_S);
