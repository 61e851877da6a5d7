import { ChannelType, MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import type { ArgumentsOf } from "../../src/discord/framework/ArgumentsOf.ts";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { changeList } from "../../src/discord/settings/changeList.ts";
import { describeSetting } from "../../src/discord/settings/describeSetting.ts";
import { settingsText } from "../../src/discord/settings/settingsText.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { named } from "../../src/discord/texts/named.ts";
import { MAX_STEPS } from "../../src/queue/contract/EditJob.ts";
import {
  type GuildSettings,
  guildSettingsSchema,
  languages,
  MAX_EDITS_PER_DAY,
  MAX_MEGAPIXELS,
  MAX_RETENTION_DAYS,
  MAX_WAITING,
} from "../../src/settings/GuildSettings.ts";

/** Stands for "what the server speaks" among the languages. */
const SERVERS_OWN = "server";

const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
] as const;

const payload = {
  type: Option.Subcommand,
  ...named("set"),
  ...describeSetting("set"),
  options: [
    { type: Option.Integer, ...named("steps"), ...describeSetting("steps"), min_value: 1, max_value: MAX_STEPS },
    { type: Option.Number, ...named("alpha"), ...describeSetting("alpha"), min_value: 0, max_value: 1 },
    {
      type: Option.Channel,
      ...named("allow-channel"),
      channel_types: [...channelTypes],
      ...describeSetting("allowChannel"),
    },
    {
      type: Option.Channel,
      ...named("remove-channel"),
      channel_types: [...channelTypes],
      ...describeSetting("removeChannel"),
    },
    { type: Option.Role, ...named("allow-role"), ...describeSetting("allowRole") },
    { type: Option.Role, ...named("remove-role"), ...describeSetting("removeRole") },
    {
      type: Option.Integer,
      ...named("edits-per-day"),
      ...describeSetting("editsPerDay"),
      min_value: 0,
      max_value: MAX_EDITS_PER_DAY,
    },
    {
      type: Option.Integer,
      ...named("waiting-per-member"),
      ...describeSetting("waitingPerMember"),
      min_value: 1,
      max_value: MAX_WAITING,
    },
    {
      type: Option.Integer,
      ...named("waiting-per-server"),
      ...describeSetting("waitingPerGuild"),
      min_value: 1,
      max_value: MAX_WAITING,
    },
    {
      type: Option.Number,
      ...named("megapixels"),
      ...describeSetting("maxMegapixels"),
      min_value: 0.1,
      max_value: MAX_MEGAPIXELS,
    },
    {
      type: Option.String,
      ...named("language"),
      ...describeSetting("language"),
      choices: [
        {
          value: SERVERS_OWN,
          name: en.settings.byServer,
          name_localizations: { de: de.settings.byServer },
        },
        ...languages.map((value) => ({
          value,
          name: en.settings.languages[value],
          name_localizations: { de: de.settings.languages[value] },
        })),
      ],
    },
    {
      type: Option.Integer,
      ...named("retention-days"),
      ...describeSetting("retentionDays"),
      min_value: 1,
      max_value: MAX_RETENTION_DAYS,
    },
  ],
} as const satisfies Subcommand;

/** `/settings set`: as many as one likes at once; what is left out stays as it is. */
export default subcommand(payload, async (interaction, args, { services, texts }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const change = changeOf(args, await services.settings.get(guild));
  // The client keeps the limits; a forged interaction need not.
  const checked = guildSettingsSchema.partial().safeParse(change);
  if (!checked.success) throw new Refusal("bad_usage", ({ problems }) => problems.bad_usage);
  if (Object.keys(change).length === 0) return replyPrivately(interaction, texts.settings.nothing);
  await services.settings.change(guild, change);
  const all = settingsText(await services.settings.get(guild), texts);
  await replyPrivately(interaction, `${texts.settings.saved}\n${all}`);
});

/** 0 stands for "no limit", which a number field could not say otherwise. */
const orNull = (value: number): number | null => (value === 0 ? null : value);

function changeOf(args: ArgumentsOf<typeof payload>, now: GuildSettings): Partial<GuildSettings> {
  const { steps, alpha, language, megapixels } = args;
  const { "allow-channel": addChannel, "remove-channel": removeChannel } = args;
  const { "allow-role": addRole, "remove-role": removeRole } = args;
  const change: Partial<GuildSettings> = {};
  if (steps !== undefined) change.steps = steps;
  if (alpha !== undefined) change.alpha = alpha;
  if (addChannel !== undefined || removeChannel !== undefined) {
    change.allowedChannels = changeList(now.allowedChannels, addChannel, removeChannel);
  }
  if (addRole !== undefined || removeRole !== undefined) {
    change.allowedRoles = changeList(now.allowedRoles, addRole, removeRole);
  }
  if (args["edits-per-day"] !== undefined) change.editsPerDay = orNull(args["edits-per-day"]);
  if (args["waiting-per-member"] !== undefined) change.waitingPerMember = args["waiting-per-member"];
  if (args["waiting-per-server"] !== undefined) change.waitingPerGuild = args["waiting-per-server"];
  if (megapixels !== undefined) change.maxMegapixels = megapixels;
  // What is no language of ours fails the check above.
  if (language !== undefined)
    change.language = language === SERVERS_OWN ? null : (language as GuildSettings["language"]);
  if (args["retention-days"] !== undefined) change.retentionDays = args["retention-days"];
  return change;
}
