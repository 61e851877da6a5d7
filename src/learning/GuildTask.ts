import { z } from "zod";
import { errorCodes } from "../errors/EmendError.ts";
import { learnOptionsSchema, MAX_DESCRIPTION } from "../queue/contract/LearnJob.ts";
import { MAX_LOSSES } from "../queue/contract/LearnOutcome.ts";
import {
  pictureRefSchema,
  seedSchema,
  sha256Schema,
  snowflakeSchema,
  taskSchema,
  timeSchema,
  turnIdSchema,
} from "../queue/contract/scalars.ts";

/** A run of the worker for a task: learning it, or trying out a file from elsewhere. */
const trainingSchema = z.object({
  /** Of the interaction that asked for it. */
  id: turnIdSchema,
  kind: z.enum(["learn", "check"]),
  seed: seedSchema,
  ...learnOptionsSchema.shape,
  author: snowflakeSchema,
  startedAt: timeSchema,
  /** Where the message with its progress stands, in the language of that server. */
  channel: snowflakeSchema,
  message: snowflakeSchema.nullable(),
  locale: z.string(),
  /** How it ended; null while it has not. */
  ended: z.enum(["done", ...errorCodes]).nullable(),
});

/** What came out. The hashes name files among the task's own (`TaskFiles`). */
const learnedSchema = z.object({
  sha256: sha256Schema,
  bytes: z.number().int().positive(),
  /** What the file calls the task. The server may call it otherwise, since the file never changes. */
  fileName: taskSchema,
  /** Hash of the checkpoint that it was learned on: it fits no other. */
  checkpoint: sha256Schema,
  /** Folder name of that checkpoint; null for a file from elsewhere that was not tried out yet. */
  model: z.string().nullable(),
  steps: z.number().int().nonnegative(),
  losses: z.array(z.tuple([z.number().int().nonnegative(), z.number()])).max(MAX_LOSSES),
  milliseconds: z.number().nonnegative().nullable(),
  /** Null for a file from elsewhere: its examples did not come along. */
  sheet: pictureRefSchema.nullable(),
  curve: pictureRefSchema.nullable(),
});

/**
 * A task that a server teaches the bot. draft: examples are collected. training: the worker has it. learned: the
 * managers look at what came out. published: members see it, and requests are routed to it.
 */
export const guildTaskSchema = z.object({
  v: z.literal(1),
  /** Of the interaction that made it. */
  id: turnIdSchema,
  guild: snowflakeSchema,
  name: taskSchema,
  /** One sentence, by which requests are routed; may be empty. */
  description: z.string().max(MAX_DESCRIPTION),
  author: snowflakeSchema,
  createdAt: timeSchema,
  state: z.enum(["draft", "training", "learned", "published"]),
  /** The last one. */
  training: trainingSchema.nullable(),
  learned: learnedSchema.nullable(),
});

export type GuildTask = z.infer<typeof guildTaskSchema>;
export type TaskState = GuildTask["state"];
export type Training = z.infer<typeof trainingSchema>;
export type Learned = z.infer<typeof learnedSchema>;
