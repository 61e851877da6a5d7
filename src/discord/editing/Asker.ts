import type { Destination } from "./destinationOf.ts";
import type { Standing } from "./requireAllowed.ts";

/** Who asks for an edit, where, and how they can be answered: what an interaction and a message have in common. */
export interface Asker {
  /** Of the interaction or message, and so of the turn: when it comes twice, the second changes nothing. */
  readonly id: string;
  readonly user: string;
  readonly guild: string | null;
  readonly channel: string;
  /** Whether the channel is for adults by its own setting. */
  readonly ageRestricted: boolean;
  readonly standing: Standing;
  /** Language of the private answers, and of what the channel sees. */
  readonly locale: string;
  readonly channelLocale: string;
  readonly destination: Destination;
  /** Largest file that may be posted there, in bytes. */
  readonly attachmentLimit: number;
  /** The deferred private reply; a message has none. */
  readonly reply: { readonly token: string; readonly createdAt: number } | undefined;
  /** The message that asks; an interaction has none. */
  readonly message: string | null;
}
