import { taskNames } from "../../queue/tasks.ts";
import type { Suggest } from "../framework/Handler.ts";
import { AUTO } from "./requireKnownTask.ts";

/** Discord's limits. */
const MAX_CHOICES = 25;
const MAX_NAME = 100;

/**
 * "auto", then what the server taught, then the sixteen tasks, as far as they fit what is typed. Not fixed choices:
 * those are the same on all servers.
 */
export const suggestEditTasks: Suggest = async (interaction, { services, texts }) => {
  const typed = interaction.options.getFocused().toLowerCase();
  const learned = interaction.guildId === null ? [] : await services.tasks.list(interaction.guildId);
  const offered = [
    { value: AUTO, name: texts.autoTask },
    ...learned
      .filter(({ state }) => state === "published")
      .map(({ name, description }) => ({ value: name, name: description === "" ? name : `${name}: ${description}` })),
    ...taskNames.map((task) => ({ value: task, name: `${task}: ${texts.tasks[task]}` })),
  ];
  return offered
    .filter(({ name, value }) => [name, value].some((text) => text.toLowerCase().includes(typed)))
    .slice(0, MAX_CHOICES)
    .map(({ name, value }) => ({ value, name: name.slice(0, MAX_NAME).toWellFormed() }));
};
