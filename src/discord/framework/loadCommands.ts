import { readdir } from "node:fs/promises";
import type { RESTPostAPIApplicationCommandsJSONBody } from "discord-api-types/v10";
import type { ButtonHandler, FormHandler, Handler, MenuHandler, MessageCommand, SlashCommand } from "./Handler.ts";

/** All handlers, by what an interaction names them with. */
export interface Registry {
  readonly slash: ReadonlyMap<string, SlashCommand>;
  readonly message: ReadonlyMap<string, MessageCommand>;
  readonly forms: ReadonlyMap<string, FormHandler>;
  readonly menus: ReadonlyMap<string, MenuHandler>;
  readonly buttons: ReadonlyMap<string, ButtonHandler>;
  /** What Discord is told about. */
  readonly payloads: readonly RESTPostAPIApplicationCommandsJSONBody[];
}

/**
 * Imports every file of a folder and of those in it; each exports one handler by default. Subcommands are the business
 * of the command that they belong to.
 * @param folder ends with a slash
 * @throws Error that names the file, when it exports something else or a name twice
 */
export async function loadCommands(folder: URL): Promise<Registry> {
  const slash = new Map<string, SlashCommand>();
  const message = new Map<string, MessageCommand>();
  const forms = new Map<string, FormHandler>();
  const menus = new Map<string, MenuHandler>();
  const buttons = new Map<string, ButtonHandler>();
  const add = <H>(map: Map<string, H>, name: string, handler: H, file: string) => {
    if (map.has(name)) throw new Error(`commands/${file} is the second one called ${name}`);
    map.set(name, handler);
  };
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
  for (const file of files.filter((each) => each.endsWith(".ts")).sort()) {
    const { default: handler } = (await import(new URL(file, folder).href)) as { default?: Handler };
    if (handler?.kind === "slash") add(slash, handler.payload.name, handler, file);
    else if (handler?.kind === "message") add(message, handler.payload.name, handler, file);
    else if (handler?.kind === "form") add(forms, handler.action, handler, file);
    else if (handler?.kind === "menu") add(menus, handler.action, handler, file);
    else if (handler?.kind === "button") add(buttons, handler.action, handler, file);
    else if (handler?.kind !== "subcommand") throw new Error(`commands/${file} exports no handler by default`);
  }
  const payloads = [...slash.values(), ...message.values()].map(({ payload }) => payload);
  return { slash, message, forms, menus, buttons, payloads };
}
