import { MessageFlags } from "discord.js";
import { formHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { readPairs } from "../../src/discord/learning/readPairs.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { MORE_FORM } from "../../src/discord/learning/taskForm.ts";

/** The form behind "Add more", filled in. */
export default formHandler(MORE_FORM, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { tasks } = services;
  const { id, name } = await findTask(tasks, guild, { id: key }, "draft");
  const { examples, lines } = await readPairs(interaction, id, services);
  await tasks.addExamples(id, examples);
  const words = texts.learning.added(name, await tasks.countExamples(id), lines.map((line) => `\n${line}`).join(""));
  await replyPrivately(interaction, words);
});
