import { MessageFlags } from "discord.js";
import { oneLine } from "../../src/conversation/oneLine.ts";
import { formHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { readPairs } from "../../src/discord/learning/readPairs.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { CREATE_FORM } from "../../src/discord/learning/taskForm.ts";
import { taskName } from "../../src/learning/taskName.ts";
import { MAX_DESCRIPTION } from "../../src/queue/contract/LearnJob.ts";

/** The form of `/task create`, filled in. */
export default formHandler(CREATE_FORM, async (interaction, { services, texts }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { tasks } = services;
  const name = taskName(interaction.fields.getTextInputValue("name"));
  const description = oneLine(interaction.fields.getTextInputValue("description")).slice(0, MAX_DESCRIPTION);
  const { id } = interaction;
  await tasks.create({
    ...{ v: 1, id, guild, name, description, author: interaction.user.id, createdAt: Date.now() },
    ...{ state: "draft", training: null, learned: null },
  });
  try {
    const { examples, lines } = await readPairs(interaction, id, services);
    await tasks.addExamples(id, examples);
    await replyPrivately(interaction, texts.learning.created(name, lines.map((line) => `\n${line}`).join("")));
  } catch (error) {
    // The form is gone, and comes again with all of it: nothing half done stays behind.
    await tasks.delete({ id, guild });
    throw error;
  }
});
