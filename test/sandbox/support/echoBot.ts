import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  type Interaction,
  LabelBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  ModalBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import type { Sandbox } from "../../../sandbox/index.ts";
import { startBot } from "./startBot.ts";

export const ECHO_COMMANDS = [
  {
    name: "echo",
    description: "Sends a picture back",
    options: [
      { type: 11, name: "image", description: "The picture", required: true, file_types: ["image"] },
      { type: 3, name: "words", description: "What to say", required: true },
      { type: 3, name: "mood", description: "How to say it", autocomplete: true },
    ],
  },
  { name: "Echo this", type: 3 },
];

const form = () =>
  new ModalBuilder()
    .setCustomId("form")
    .setTitle("Echo this")
    .addLabelComponents(
      new LabelBuilder()
        .setLabel("Words")
        .setTextInputComponent(new TextInputBuilder().setCustomId("words").setStyle(TextInputStyle.Short)),
    );

const card = (words: string) =>
  new ContainerBuilder()
    .addTextDisplayComponents(new TextDisplayBuilder().setContent(`**${words}**`))
    .addMediaGalleryComponents(
      new MediaGalleryBuilder().addItems({ media: { url: "attachment://echo.png" }, description: words }),
    )
    .addActionRowComponents(
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId("again").setLabel("Again").setStyle(ButtonStyle.Primary),
      ),
    );

/** A bot that sends back what it gets, by every way there is. */
export function startEchoBot(sandbox: Sandbox) {
  return startBot(sandbox, {
    commands: ECHO_COMMANDS,
    onInteraction: async (interaction: Interaction) => {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        const moods = ["cheerful", "calm", "grumpy"].filter((mood) => mood.startsWith(typed));
        await interaction.respond(moods.map((mood) => ({ name: mood, value: mood })));
      } else if (interaction.isChatInputCommand()) {
        await interaction.deferReply();
        const image = interaction.options.getAttachment("image", true);
        const bytes = Buffer.from(await (await fetch(image.url)).arrayBuffer());
        const words = [interaction.options.getString("words", true), interaction.options.getString("mood")].filter(
          Boolean,
        );
        await interaction.editReply({
          flags: MessageFlags.IsComponentsV2,
          components: [card(words.join(", "))],
          files: [new AttachmentBuilder(bytes, { name: "echo.png" })],
        });
      } else if (interaction.isMessageContextMenuCommand()) await interaction.showModal(form());
      else if (interaction.isModalSubmit()) {
        const words = interaction.fields.getTextInputValue("words");
        await interaction.reply({ content: `You wrote ${words}.`, flags: MessageFlags.Ephemeral });
      } else if (interaction.isButton()) {
        await interaction.reply({ content: "Pressed.", flags: MessageFlags.Ephemeral });
      }
    },
  });
}
