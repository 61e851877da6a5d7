import { z } from "zod";
import { MAX_STEPS } from "../queue/contract/EditJob.ts";
import { snowflakeSchema } from "../queue/contract/scalars.ts";
import { profileNames } from "../queue/profiles.ts";

/** Languages that the bot has texts in. */
export const languages = ["en", "de"] as const;

/** Channels or roles that one server may name: a list that fits into one message. */
export const MAX_LISTED = 25;
export const MAX_EDITS_PER_DAY = 10_000;
export const MAX_WAITING = 1_000;
export const MAX_MEGAPIXELS = 100;
export const MAX_RETENTION_DAYS = 3_650;

const listed = z.array(snowflakeSchema).max(MAX_LISTED);

/** What the managers of a server can set. Null says that the server has set nothing, and the bot's own value counts. */
export const guildSettingsSchema = z.object({
  /** How edits are made; null: the worker's own (EMEND_PROFILE). */
  profile: z.enum(profileNames).nullable(),
  /** Denoising steps of edits that name none; null: the checkpoint's default. */
  steps: z.number().int().min(1).max(MAX_STEPS).nullable(),
  /** The threshold α of METHOD §5 of edits that name none, 0 … 1; null: the engine's default. */
  alpha: z.number().min(0).max(1).nullable(),
  /** Where edits may be asked for; empty: everywhere. */
  allowedChannels: listed,
  /** Who may ask for edits: whoever has one of these roles; empty: everybody. */
  allowedRoles: listed,
  /** Edits that a member may ask for in 24 hours; null: any number. */
  editsPerDay: z.number().int().min(1).max(MAX_EDITS_PER_DAY).nullable(),
  /** Edits that one member may have in the queue, the running one included. */
  waitingPerMember: z.number().int().min(1).max(MAX_WAITING),
  /** The same for all members together. */
  waitingPerGuild: z.number().int().min(1).max(MAX_WAITING),
  /** Largest picture, in millions of pixels; null, or more than the bot takes: the bot's limit. */
  maxMegapixels: z.number().min(0.1).max(MAX_MEGAPIXELS).nullable(),
  /** Of messages that everybody reads; null: the server's own language on Discord. */
  language: z.enum(languages).nullable(),
  /** Days after its last edit until a conversation is forgotten, with its pictures. */
  retentionDays: z.number().int().min(1).max(MAX_RETENTION_DAYS),
});

export type GuildSettings = z.infer<typeof guildSettingsSchema>;
export type SettingName = keyof GuildSettings;

export const settingNames = Object.keys(guildSettingsSchema.shape) as SettingName[];

/** What counts on a server that has set nothing, and outside servers. */
export const defaultSettings: GuildSettings = {
  profile: null,
  steps: null,
  alpha: null,
  allowedChannels: [],
  allowedRoles: [],
  editsPerDay: 200,
  waitingPerMember: 50,
  waitingPerGuild: 200,
  maxMegapixels: null,
  language: null,
  retentionDays: 180,
};
