import { type APIApplicationCommandOptionChoice, ApplicationCommandOptionType } from "discord-api-types/v10";
import { z } from "zod";
import { parseForm } from "../errors/formError.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import { optional, text } from "../validate/fields.ts";

interface SentOption {
  type: ApplicationCommandOptionType;
  focused?: boolean;
  options?: SentOption[];
}

/** Checks autocomplete choices: at most 25, of the focused option's type. */
export function takeChoices(record: InteractionRecord, data: unknown): APIApplicationCommandOptionChoice[] {
  const focused = findFocused((record.payload.data as { options?: SentOption[] }).options ?? []);
  const value = focused?.type === ApplicationCommandOptionType.String ? text(1, 100) : z.number();
  const choice = z.object({
    name: text(1, 100),
    name_localizations: optional(z.record(z.string(), z.string())),
    value,
  });
  const { choices } = parseForm(z.object({ choices: z.array(choice).max(25) }), data ?? {}, ["data"]);
  return choices as APIApplicationCommandOptionChoice[];
}

function findFocused(options: readonly SentOption[]): SentOption | undefined {
  for (const option of options) {
    if (option.focused) return option;
    const inner = option.options && findFocused(option.options);
    if (inner) return inner;
  }
  return undefined;
}
