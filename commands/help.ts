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
import type { WorkerDirectory } from "../src/queue/WorkerDirectory.ts";

const payload = {
  ...named("help"),
  description: en.commands.help,
  description_localizations: { de: de.commands.help },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/help`: private, and the same for everybody. */
export default slashCommand(payload, async (interaction, _args, { texts, services }) => {
  const safety = await safetyOf(services.workers);
  return replyPrivately(interaction, safety ? `${texts.help}\n${texts.helpSafety[safety]}` : texts.help);
});

/** What holds for all living workers: on only when all of them check. Undefined when nobody tells. */
async function safetyOf(workers: WorkerDirectory): Promise<WorkerStatus["safety"]> {
  const living = await workers.living().catch(() => []); // the help must come whatever is broken
  const states = new Set(living.map(({ safety }) => safety));
  return (["off", "none", "on"] as const).find((state) => states.has(state));
}
