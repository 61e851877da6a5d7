import { z } from "zod";

/** What a server's managers decided. A field that nobody set has its default here. */
export const guildSettingsSchema = z.object({
  v: z.literal(1).default(1),
  /** Days after its last turn until a tree is deleted, with its pictures. */
  retentionDays: z.number().int().min(1).max(3_650).default(180),
});

export type GuildSettings = z.infer<typeof guildSettingsSchema>;

/** Settings as they were decided: the others are left out, and follow the defaults of later versions. */
export type GuildSettingsChange = Partial<Omit<GuildSettings, "v">>;
