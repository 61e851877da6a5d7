import type { APIApplicationCommandOptionChoice } from "discord-api-types/v10";
import { taskNames } from "../../queue/tasks.ts";
import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";
import { AUTO } from "./requireKnownTask.ts";

/** "auto" and the sixteen tasks, 17 of the 25 choices that Discord allows. The value is the task's name. */
export const taskChoices: APIApplicationCommandOptionChoice<string>[] = [
  { value: AUTO, name: en.autoTask, name_localizations: { de: de.autoTask } },
  ...taskNames.map((task) => ({
    value: task,
    name: `${task}: ${en.tasks[task]}`,
    name_localizations: { de: `${task}: ${de.tasks[task]}` },
  })),
];
