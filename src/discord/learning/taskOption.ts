import type { APIApplicationCommandStringOption } from "discord-api-types/v10";
import { ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import { named } from "../texts/named.ts";
import { describe } from "./describe.ts";

/** The option `task` of the subcommands of `/task`, with suggestions. */
export const taskOption = {
  type: Option.String,
  ...named("task"),
  ...describe("task"),
  required: true,
  max_length: 64,
  autocomplete: true,
} as const satisfies APIApplicationCommandStringOption;
