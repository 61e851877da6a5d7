import {
  ActionRowBuilder,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  FileUploadBuilder,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MediaGalleryBuilder,
  MediaGalleryItemBuilder,
  type Message,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { expect, test } from "vitest";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";
import { startBot } from "./support/startBot.ts";

const edit = new SlashCommandBuilder()
  .setName("edit")
  .setDescription("Edits a picture")
  .addAttachmentOption((option) => option.setName("image").setDescription("The picture").setRequired(true))
  .addStringOption((option) =>
    option.setName("instruction").setDescription("What to change").setRequired(true).setAutocomplete(true),
  )
  .addIntegerOption((option) => option.setName("steps").setDescription("Steps").setMinValue(1).setMaxValue(50));
const menu = new ContextMenuCommandBuilder().setName("Edit this image").setType(ApplicationCommandType.Message);
const commands = [edit.toJSON(), menu.toJSON()];

const card = (name: string) =>
  new ContainerBuilder()
    .addTextDisplayComponents(new TextDisplayBuilder().setContent("done"))
    .addMediaGalleryComponents(
      new MediaGalleryBuilder().addItems(
        new MediaGalleryItemBuilder().setURL(`attachment://${name}`).setDescription("a snowy boat"),
      ),
    )
    .addActionRowComponents(
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId("v1:redo:7").setLabel("Redo").setStyle(ButtonStyle.Primary),
        new ButtonBuilder().setCustomId("v1:off").setLabel("Off").setStyle(ButtonStyle.Secondary).setDisabled(true),
      ),
    );

test("a slash command with a picture is deferred, shows progress, and becomes a card with a gallery", async () => {
  const sandbox = await openSandbox();
  const { bytes, name } = await picture();
  const { errors } = await startBot(sandbox, {
    commands,
    onInteraction: async (interaction: Interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const image = interaction.options.getAttachment("image", true);
      expect([image.name, image.width, image.height, image.contentType]).toEqual([name, 12, 8, "image/png"]);
      expect(interaction.options.getInteger("steps")).toBe(4);
      await interaction.deferReply();
      const download = Buffer.from(await (await fetch(image.url)).arrayBuffer());
      expect(download.equals(bytes)).toBe(true);
      await interaction.editReply({ content: "50 %" });
      await interaction.editReply({
        content: null,
        flags: MessageFlags.IsComponentsV2,
        components: [card("out.png")],
        files: [new AttachmentBuilder(download, { name: "out.png" })],
      });
    },
  });
  const used = await sandbox.member.slash("pictures", "edit", {
    image: { name, bytes },
    instruction: "make it snow",
    steps: 4,
  });
  const reply = await used.expectReply((message) => message.images.length > 0);
  expect(errors).toEqual([]);
  expect(reply.text).toBe("done\nRedo\nOff");
  expect(reply.buttons).toEqual(["Redo"]);
  expect(reply.images[0]).toMatchObject({ name: "out.png", width: 12, height: 8, description: "a snowy boat" });
  expect(reply.raw.attachments).toEqual([]);
  expect(used.state).toBe("done");
});

test("a result posted in the channel is found by a reply to it, and edited with a new file", async () => {
  const sandbox = await openSandbox();
  const { bytes } = await picture();
  const seen: string[] = [];
  const { client, errors } = await startBot(sandbox, {
    onMessage: async (message: Message) => {
      if (message.author.bot) return;
      const parent = await message.fetchReference();
      seen.push(`${parent.attachments.first()?.name}: ${message.content}`);
      if (message.channel.isSendable()) await message.channel.sendTyping();
      const answer = await message.reply({ content: "working", enforceNonce: true, nonce: "n1" });
      await answer.edit({ content: "night", files: [new AttachmentBuilder(bytes, { name: "night.png" })] });
    },
  });
  const channel = await client.channels.fetch(sandbox.channel("pictures").id);
  if (!channel?.isSendable()) throw new Error("cannot send");
  await channel.send({ content: "result", files: [new AttachmentBuilder(bytes, { name: "day.png" })] });
  const result = await sandbox.channel("pictures").expectMessage(({ content }) => content === "result");
  const typing = sandbox.channel("pictures").expectTyping();
  const said = await sandbox.member.reply(result, "now at night");
  await typing;
  const answer = await sandbox.channel("pictures").expectMessage(({ images }) => images[0]?.name === "night.png");
  expect(answer.replyTo).toBe(said.id);
  expect(answer.isEdited).toBe(true);
  expect(seen).toEqual(["day.png: now at night"]);
  expect(errors).toEqual([]);
});

test("a message command opens a form with text and files, whose answer is private and has a follow-up", async () => {
  const sandbox = await openSandbox();
  const form = new ModalBuilder()
    .setCustomId("v1:form")
    .setTitle("Edit")
    .addLabelComponents(
      new LabelBuilder()
        .setLabel("Instruction")
        .setTextInputComponent(new TextInputBuilder().setCustomId("instruction").setStyle(TextInputStyle.Paragraph)),
      new LabelBuilder()
        .setLabel("Examples")
        .setFileUploadComponent(new FileUploadBuilder().setCustomId("files").setMinValues(2).setMaxValues(10)),
    );
  const targets: (string | undefined)[] = [];
  const { errors } = await startBot(sandbox, {
    commands,
    onInteraction: async (interaction) => {
      if (interaction.isMessageContextMenuCommand()) {
        targets.push(interaction.targetMessage.attachments.first()?.name);
        await interaction.showModal(form);
      } else if (interaction.isModalSubmit()) {
        const names = interaction.fields.getUploadedFiles("files")?.map((file) => file.name);
        const text = interaction.fields.getTextInputValue("instruction");
        await interaction.deferReply({ flags: MessageFlags.Ephemeral, withResponse: true });
        await interaction.editReply(`${text}: ${names}`);
        await interaction.followUp({ content: "more", flags: MessageFlags.Ephemeral });
      }
    },
  });
  const message = await sandbox.member.post("pictures", "look", [await picture("boat.png")]);
  const modal = await (await sandbox.owner.menu(message, "Edit this image")).expectModal();
  expect(modal.title).toBe("Edit");
  expect(modal.fields).toEqual(["instruction", "files"]);
  const files = [await picture("a.png"), await picture("b.png")];
  const sent = await sandbox.owner.submit(modal, { instruction: "snow", files });
  const reply = await sent.expectReply(({ content }) => content === "snow: a.png,b.png");
  await sent.expectReply(({ content }) => content === "more");
  expect(reply.isEphemeral).toBe(true);
  expect(sandbox.messages("pictures").map(({ id }) => id)).toEqual([message.id]);
  expect(targets).toEqual(["boat.png"]);
  expect(errors).toEqual([]);
});

test("a button updates its message, and a menu answers with what was picked", async () => {
  const sandbox = await openSandbox();
  const { client, errors } = await startBot(sandbox, {
    onInteraction: async (interaction) => {
      if (interaction.isButton()) {
        await interaction.deferUpdate();
        await interaction.editReply({ content: "pressed", components: [] });
      } else if (interaction.isStringSelectMenu()) await interaction.reply(`picked ${interaction.values}`);
    },
  });
  const channel = await client.channels.fetch(sandbox.channel("pictures").id);
  if (!channel?.isSendable()) throw new Error("cannot send");
  const button = new ButtonBuilder().setCustomId("go").setLabel("Go").setStyle(ButtonStyle.Success);
  const select = new StringSelectMenuBuilder()
    .setCustomId("task")
    .addOptions({ label: "Add", value: "add" }, { label: "Style", value: "style" });
  await channel.send({
    content: "choose",
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(button),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select),
    ],
  });
  const message = await sandbox.channel("pictures").expectMessage(({ content }) => content === "choose");
  const picked = await (await sandbox.member.select(message, "task", ["style"])).expectReply();
  expect(picked.content).toBe("picked style");
  const pressed = await sandbox.member.click(message, "Go");
  await pressed.expectReply(({ content }) => content === "pressed");
  expect(message.buttons).toEqual([]);
  expect(errors).toEqual([]);
});

test("typing into an option brings suggestions", async () => {
  const sandbox = await openSandbox();
  const { errors } = await startBot(sandbox, {
    commands,
    onInteraction: async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const value = `${interaction.options.getFocused()}ke it snow`;
      await interaction.respond([{ name: value, value }]);
    },
  });
  const choices = await sandbox.member.autocomplete("pictures", "edit", "instruction", { instruction: "ma" });
  expect(choices).toEqual([{ name: "make it snow", value: "make it snow" }]);
  expect(errors).toEqual([]);
});

test("the bot writes to a person in direct messages and reads the answer without the content intent", async () => {
  const sandbox = await openSandbox();
  const read: string[] = [];
  const { client } = await startBot(sandbox, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    onMessage: (message) => !message.author.bot && read.push(message.content),
  });
  const user = await client.users.fetch(sandbox.member.id);
  await user.send("your picture is ready");
  const channel = sandbox.member.directMessages();
  const message = await channel.expectMessage(({ content }) => content === "your picture is ready");
  await sandbox.member.reply(message, "thanks");
  await expect.poll(() => read).toEqual(["thanks"]);
});

test("the bot's own messages can be listed, fetched, reacted to and deleted", async () => {
  const sandbox = await openSandbox();
  const { client } = await startBot(sandbox, {});
  const channel = await client.channels.fetch(sandbox.channel("lounge").id);
  if (!channel?.isTextBased() || !channel.isSendable()) throw new Error("cannot send");
  const sent = await channel.send("one");
  await sandbox.member.post("lounge", "two");
  const listed = await channel.messages.fetch({ limit: 10 });
  expect(listed.map(({ content }) => content)).toEqual(["two", "one"]);
  await sent.react("\u2705");
  expect((await channel.messages.fetch({ message: sent.id, force: true })).reactions.cache.size).toBe(1);
  await sent.delete();
  expect(sandbox.messages("lounge").map(({ content }) => content)).toEqual(["two"]);
});

test("server, roles, members and application can be read", async () => {
  const sandbox = await openSandbox();
  const { client } = await startBot(sandbox, {});
  const guild = await client.guilds.fetch({ guild: sandbox.guildId, force: true });
  const owner = await guild.fetchOwner();
  const roles = await guild.roles.fetch();
  const channels = await guild.channels.fetch();
  const application = await client.application.fetch();
  expect([guild.name, owner.user.username, roles.size, channels.size]).toEqual(["Picture club", "olive", 3, 4]);
  expect(application.id).toBe(sandbox.applicationId);
  expect(guild.members.me?.permissions.has("AttachFiles")).toBe(true);
});
