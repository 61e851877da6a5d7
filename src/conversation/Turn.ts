import { z } from "zod";
import { editJobSchema } from "../queue/contract/EditJob.ts";
import { editOutcomeSchema } from "../queue/contract/EditOutcome.ts";
import { pictureRefSchema, snowflakeSchema, timeSchema, turnIdSchema } from "../queue/contract/scalars.ts";

/**
 * One edit of one picture in a conversation. A turn is made once and then only gains: status, outcome, messages.
 * Turns form a tree through `parent`; the root's source is a picture that somebody posted.
 */
export const turnSchema = z.object({
  v: z.literal(2),
  id: turnIdSchema,
  /** The turn whose result this one edits; null for a picture from outside. */
  parent: turnIdSchema.nullable(),
  /** The turn that began the tree. All turns of a tree without a parent edit the same picture from outside. */
  tree: turnIdSchema,
  /**
   * made: recorded, its job may not be in the queue yet. queued: the job was added. done and failed: `outcome` says
   * how. Whether the asker was told is another matter: see `deliveredAt`.
   */
  status: z.enum(["made", "queued", "done", "failed"]),
  source: pictureRefSchema,
  ...editJobSchema.pick({
    instruction: true,
    task: true,
    seed: true,
    profile: true,
    steps: true,
    textGuidance: true,
    imageGuidance: true,
    alpha: true,
    learned: true,
    ageRestricted: true,
    requestedAt: true,
    deadline: true,
  }).shape,
  author: snowflakeSchema,
  guild: snowflakeSchema.nullable(),
  channel: snowflakeSchema,
  /** Language of the private answers, and of what the channel sees. */
  locale: z.string(),
  channelLocale: z.string(),
  /** The message that shows the source, if there is one. */
  sourceMessage: snowflakeSchema.nullable(),
  /** The message that holds the instruction; null when a command, form, button or menu gave it. */
  instructionMessage: snowflakeSchema.nullable(),
  /** `channel`: a message of its own. `reply`: the deferred reply, where the bot may not post. */
  destination: z.enum(["channel", "reply"]),
  /** Largest file that may be posted there, in bytes. */
  attachmentLimit: z.number().int().positive(),
  outcome: editOutcomeSchema.nullable(),
  /** The message that shows the result. */
  resultMessage: snowflakeSchema.nullable(),
  deliveredAt: timeSchema.nullable(),
  /** When the result was taken back: its message then shows the source, and what is said to it edits the source. */
  undoneAt: timeSchema.nullable(),
});

export type Turn = z.infer<typeof turnSchema>;

/** What is known when a turn is made. */
export type NewTurn = Omit<Turn, "v" | "status" | "outcome" | "resultMessage" | "deliveredAt" | "undoneAt">;

/** The fields that change after a turn was made; the destination when the bot lost its right to post. */
export type TurnChange = Partial<
  Pick<Turn, "status" | "outcome" | "destination" | "resultMessage" | "deliveredAt" | "undoneAt">
>;
