import { expect, test } from "vitest";
import type { InteractionHandle, Sandbox } from "../../sandbox/index.ts";
import { api, registerCommands } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

const answer = (sandbox: Sandbox, { id, token }: InteractionHandle, type: number, data: object) =>
  api(sandbox, "POST", `/interactions/${id}/${token}/callback`, { type, data });

async function opened(components: object[]) {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const interaction = await sandbox.member.slash("pictures", "edit");
  await answer(sandbox, interaction, 9, { custom_id: "f", title: "Form", components });
  return { sandbox, modal: await interaction.expectModal() };
}
const label = (component: object) => ({ type: 18, label: "L", component });

test("a person cannot write where they may not, nor press what is off, gone or a link", async () => {
  const sandbox = await openSandbox();
  const { member } = sandbox;
  await expect(member.post("staff", "x")).rejects.toThrow("cannot see");
  await expect(member.post("pictures", " ")).rejects.toThrow("nothing to send");
  await expect(member.post("pictures", "x".repeat(2001))).rejects.toThrow("2000");
  const components = [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: "Off", custom_id: "off", disabled: true },
        { type: 2, style: 5, label: "Web", url: "https://example.org" },
      ],
    },
  ];
  await api(sandbox, "POST", `/channels/${sandbox.channel("pictures").id}/messages`, { content: "x", components });
  const [message] = sandbox.messages("pictures");
  if (!message) throw new Error("no message");
  await expect(member.click(message, "Off")).rejects.toThrow("disabled");
  await expect(member.click(message, "Web")).rejects.toThrow("link");
  await expect(member.click(message, "None")).rejects.toThrow('no button "None" here; there are: Off, Web');
  expect(() => member.delete(message)).toThrow("may not delete");
  sandbox.owner.delete(message);
  await expect(member.click(message, "Off")).rejects.toThrow("gone");
});

test("forms are held to their rules: required, lengths, numbers of files, options", async () => {
  const { sandbox, modal } = await opened([
    label({ type: 4, custom_id: "text", style: 1, min_length: 2, max_length: 5 }),
    label({ type: 19, custom_id: "files", min_values: 1, max_values: 2, file_types: ["image"] }),
    label({ type: 3, custom_id: "pick", options: [{ label: "A", value: "a" }], required: false }),
    label({
      type: 21,
      custom_id: "radio",
      options: [
        { label: "R", value: "r", default: true },
        { label: "S", value: "s" },
      ],
    }),
    label({ type: 23, custom_id: "tick" }),
  ]);
  const files = [await picture()];
  const send = (values: object) => sandbox.member.submit(modal, { text: "abc", files, ...values });
  await expect(send({ text: "" })).rejects.toThrow("required: text");
  await expect(send({ text: "abcdef" })).rejects.toThrow("between 2 and 5");
  await expect(send({ files: [] })).rejects.toThrow("between 1 and 2 files");
  await expect(send({ files: [{ name: "x.txt", bytes: new Uint8Array(1) }] })).rejects.toThrow("not one of");
  await expect(send({ pick: ["z"] })).rejects.toThrow("not an option");
  await expect(send({ other: "x" })).rejects.toThrow("no field other");
  const { record } = await send({ tick: true });
  const { components } = record.payload.data as {
    components: { component: { value?: unknown; values?: unknown[] } }[];
  };
  expect(components.map(({ component }) => component.value ?? component.values?.length)).toEqual([
    "abc",
    1,
    0,
    "r",
    true,
  ]);
});

test("a forward carries a snapshot of the message", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "look", [await picture()]);
  const copy = await sandbox.member.forward(message, "lounge");
  const { message_reference, message_snapshots, content } = copy.raw;
  expect([content, message_reference?.type, message_reference?.message_id]).toEqual(["", 1, message.id]);
  expect(message_snapshots?.[0]?.message).toMatchObject({ content: "look", attachments: [{ filename: "boat.png" }] });
});

test("a reply to a deleted message says null, and waiting for what never comes names what is there", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "first");
  const reply = await sandbox.owner.reply(message, "second");
  sandbox.member.delete(message);
  expect(reply.raw.referenced_message).toBeNull();
  const waiting = sandbox.channel("pictures").expectMessage(({ content }) => content === "third", { timeoutMs: 20 });
  await expect(waiting).rejects.toThrow("waited 20 ms for a message in #pictures; the last ones are: olive: second");
});

test("what a person's Discord speaks, and what the server prefers, comes with everything they do", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const told = async (person = sandbox.member) => {
    const { payload } = (await person.slash("pictures", "edit")).record;
    return [payload.locale, payload.guild_locale];
  };
  expect(await told()).toEqual(["en-US", "en-US"]);
  sandbox.member.setLocale("de");
  expect(await told()).toEqual(["de", "en-US"]);
  sandbox.setGuildLocale("de");
  expect(await told(sandbox.owner)).toEqual(["en-US", "de"]);
  const { preferred_locale } = (await api(sandbox, "GET", `/guilds/${sandbox.guildId}`)).body as Record<
    string,
    unknown
  >;
  expect(preferred_locale).toBe("de");
});
