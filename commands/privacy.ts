import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { commandGroup } from "../src/discord/framework/Handler.ts";
import { describePrivacy } from "../src/discord/privacy/describePrivacy.ts";
import { named } from "../src/discord/texts/named.ts";
import deleteMyData from "./privacy/deleteMyData.ts";
import exportMyData from "./privacy/export.ts";
import show from "./privacy/show.ts";

const payload = {
  ...named("privacy"),
  ...describePrivacy("group"),
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/privacy`: what the bot keeps about whoever asks. Everybody may ask, about themselves. */
export default commandGroup(payload, [show, exportMyData, deleteMyData], () => undefined);
