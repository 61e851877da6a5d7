import type { TaskState } from "../../learning/GuildTask.ts";
import type { Suggest } from "../framework/Handler.ts";
import { requireManager } from "./requireManager.ts";

/** Names of the server's tasks that are in one of these states (any, when left out), drafts included: for managers. */
export const suggestTasks =
  (...states: readonly TaskState[]): Suggest =>
  async (interaction, { services, texts }) => {
    const guild = requireManager(interaction);
    const typed = interaction.options.getFocused().toLowerCase();
    return (await services.tasks.list(guild))
      .filter(({ state }) => states.length === 0 || states.includes(state))
      .filter(({ name }) => name.toLowerCase().includes(typed))
      .map(({ name, state }) => ({ name: `${name} (${texts.learning.states[state]})`, value: name }));
  };
