import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";

const payload = {
  name: "help",
  description: en.commands.help,
  description_localizations: { de: de.commands.help },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/help`: private; the same for everybody, but for what makes the edits here just now. */
export default slashCommand(payload, async (interaction, _args, { texts, services }) => {
  const living = await services.workers.living().catch(() => []); // help is there without the queue, too
  const models = [...new Set(living.map(({ model, device }) => texts.modelOn(model, device)))];
  const lines = models.length === 0 ? [] : [texts.madeBy(models.slice(0, 2).join(", "))];
  return replyPrivately(interaction, [texts.help, ...lines].join("\n"));
});
