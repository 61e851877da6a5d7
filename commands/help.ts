import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";
import type { WorkerStatus } from "../src/queue/contract/WorkerStatus.ts";

const payload = {
  ...named("help"),
  description: en.commands.help,
  description_localizations: { de: de.commands.help },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/help`: private; the same for everybody, but for what makes the edits here just now. */
export default slashCommand(payload, async (interaction, _args, { texts, services }) => {
  const living = await services.workers.living().catch(() => []); // help is there without the queue, too
  const models = [...new Set(living.map(({ model, device }) => texts.modelOn(model, device)))];
  const safety = safetyOf(living);
  const lines = [
    ...(models.length === 0 ? [] : [texts.madeBy(models.slice(0, 2).join(", "))]),
    ...(safety ? [texts.helpSafety[safety]] : []),
  ];
  return replyPrivately(interaction, [texts.help, ...lines].join("\n"));
});

/** What holds for all living workers: on only when all of them check. Undefined when nobody tells. */
function safetyOf(living: readonly WorkerStatus[]): WorkerStatus["safety"] {
  const states = new Set(living.map(({ safety }) => safety));
  return (["off", "none", "on"] as const).find((state) => states.has(state));
}
