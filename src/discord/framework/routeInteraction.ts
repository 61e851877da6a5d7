import type { AutocompleteInteraction, Interaction } from "discord.js";
import { EmendError } from "../../errors/EmendError.ts";
import type { Log } from "../../log/createLog.ts";
import { discordCode } from "../delivery/discordCode.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { sayError } from "../sayError.ts";
import { textsFor } from "../texts/textsFor.ts";
import { parseCustomId } from "./customId.ts";
import type { Surroundings } from "./Handler.ts";
import type { Registry } from "./loadCommands.ts";
import { replyPrivately } from "./replyPrivately.ts";

/**
 * Codes that say that somebody has dealt with this interaction: the gateway replays events after a resume, and two
 * bot processes may overlap during an update. 10062 unknown interaction, 40060 already acknowledged.
 */
const TAKEN: ReadonlySet<unknown> = new Set([10062, 40060]);

/** Discord's limit. */
const MAX_CHOICES = 25;

/** The one way in for all interactions, and the one place where their errors end. Never rejects. */
export async function routeInteraction(
  interaction: Interaction,
  registry: Registry,
  services: Services,
  log: Log,
): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(interaction, registry, services, log);
  if (!interaction.isRepliable()) return;
  const texts = textsFor(interaction.locale);
  try {
    await dispatch(interaction, registry, { services, texts });
  } catch (error) {
    if (TAKEN.has(discordCode(error))) {
      log.info("interaction was taken already", { interactionId: interaction.id });
      return;
    }
    const supportCode = BigInt(interaction.id).toString(36);
    const known = error instanceof EmendError ? error : new EmendError("internal", "unexpected", { cause: error });
    if (known.isInputError) log.info("refused", { interactionId: interaction.id, code: known.code });
    else log.error("interaction failed", { supportCode, interactionId: interaction.id, error });
    await replyPrivately(interaction, sayError(known, texts, supportCode)).catch((failure: unknown) => {
      log.warn("could not tell the asker", { supportCode, error: failure });
    });
  }
}

/** Discord has no way to say why there are no suggestions, so there are just none. */
async function suggest(
  interaction: AutocompleteInteraction,
  registry: Registry,
  services: Services,
  log: Log,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const command = registry.slash.get(interaction.commandName);
  const choices = await Promise.resolve(command?.suggest?.(interaction, { services, texts })).catch(
    (error: unknown) => {
      log.debug("no suggestions", { interactionId: interaction.id, error });
      return undefined;
    },
  );
  await interaction.respond((choices ?? []).slice(0, MAX_CHOICES)).catch((error: unknown) => {
    log.debug("suggestions came too late", { interactionId: interaction.id, error });
  });
}

async function dispatch(interaction: Interaction, registry: Registry, surroundings: Surroundings): Promise<void> {
  if (interaction.isChatInputCommand()) {
    const command = registry.slash.get(interaction.commandName);
    if (command) return command.run(interaction, surroundings);
  } else if (interaction.isMessageContextMenuCommand()) {
    const command = registry.message.get(interaction.commandName);
    if (command) return command.run(interaction, surroundings);
  } else if (interaction.isModalSubmit()) {
    const id = parseCustomId(interaction.customId);
    const form = id && registry.forms.get(id.action);
    if (form) return form.run(interaction, { ...surroundings, key: id.key });
  } else if (interaction.isStringSelectMenu()) {
    const id = parseCustomId(interaction.customId);
    const menu = id && registry.menus.get(id.action);
    if (menu) return menu.run(interaction, { ...surroundings, key: id.key });
  } else if (interaction.isButton()) {
    const id = parseCustomId(interaction.customId);
    const button = id && registry.buttons.get(id.action);
    if (button) return button.run(interaction, { ...surroundings, key: id.key });
  }
  throw new Refusal("not_found", (texts) => texts.problems.unknownCommand);
}
