import { isDeepStrictEqual } from "node:util";
import type { REST } from "discord.js";
import {
  type RESTGetAPIApplicationCommandsResult,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord-api-types/v10";

/** Tells Discord about the commands, if it does not know them just so: 200 creations a day are allowed. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  payloads: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<"unchanged" | "registered"> {
  const route = Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: "true" });
  const known = (await rest.get(route, { query })) as RESTGetAPIApplicationCommandsResult;
  if (!commandsDiffer(known as unknown[], payloads)) return "unchanged";
  await rest.put(route, { body: payloads });
  return "registered";
}

/** Whether what Discord has is other than what we want, in anything that we say something about. */
export function commandsDiffer(known: readonly unknown[], wanted: readonly unknown[]): boolean {
  return !isDeepStrictEqual(byName(known.map(essence)), byName(wanted.map(essence)));
}

/** Set by Discord, or by server managers. */
const foreign = new Set([
  "id",
  "application_id",
  "guild_id",
  "version",
  "dm_permission",
  "handler",
  "default_permission",
]);

/** Without Discord's own fields and without defaults, which it may add or leave out. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value)
    .filter(([key, each]) => !foreign.has(key) && !isDefault(key, each))
    .map(([key, each]) => [key, essence(each)]);
  return Object.fromEntries(entries);
}

function isDefault(key: string, value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  if (typeof value === "object" && Object.keys(value).length === 0) return true;
  return key === "type" && value === 1; // chat input; options of type 1 (subcommands) are never without a type
}

function byName(commands: readonly unknown[]): unknown[] {
  const nameOf = (command: unknown) =>
    `${(command as { type?: number }).type ?? 1} ${(command as { name: string }).name}`;
  return [...commands].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
