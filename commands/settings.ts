import { PermissionFlagsBits as Permission } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { commandGroup } from "../src/discord/framework/Handler.ts";
import { requireManager } from "../src/discord/learning/requireManager.ts";
import { describeSetting } from "../src/discord/settings/describeSetting.ts";
import { named } from "../src/discord/texts/named.ts";
import reset from "./settings/reset.ts";
import set from "./settings/set.ts";
import show from "./settings/show.ts";

const payload = {
  ...named("settings"),
  ...describeSetting("group"),
  integration_types: [Integration.GuildInstall],
  contexts: [Context.Guild],
  // Whom Discord shows it to; whether they may is asked at every step.
  default_member_permissions: String(Permission.ManageGuild),
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/settings`: what the managers of a server decide about the bot. */
export default commandGroup(payload, [show, set, reset], requireManager);
