import { PermissionFlagsBits as Permission } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { commandGroup } from "../src/discord/framework/Handler.ts";
import { describe } from "../src/discord/learning/describe.ts";
import { requireManager } from "../src/discord/learning/requireManager.ts";
import { named } from "../src/discord/texts/named.ts";
import cancel from "./task/cancel.ts";
import create from "./task/create.ts";
import remove from "./task/delete.ts";
import examples from "./task/examples.ts";
import importFile from "./task/import.ts";
import list from "./task/list.ts";
import rename from "./task/rename.ts";
import share from "./task/share.ts";
import show from "./task/show.ts";
import train from "./task/train.ts";

const payload = {
  ...named("task"),
  ...describe("group"),
  integration_types: [Integration.GuildInstall],
  contexts: [Context.Guild],
  // Whom Discord shows it to; whether they may is asked at every step.
  default_member_permissions: String(Permission.ManageGuild),
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/task`: what a server's managers teach the bot. The steps behind the buttons and forms lie in `task/`, too. */
export default commandGroup(
  payload,
  [create, examples, train, cancel, list, show, rename, remove, share, importFile],
  requireManager,
);
