import { expect, test } from "vitest";
import { PersonCannot, type Sandbox } from "../../sandbox/index.ts";
import { api } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

const put = (sandbox: Sandbox, commands: object[], guild = "") =>
  api(sandbox, "PUT", `/applications/${sandbox.applicationId}${guild}/commands`, commands);
const slash = (options: object[], more: object = {}) => ({ name: "edit", description: "Edits", options, ...more });
const string = (name: string, more: object = {}) => ({ type: 3, name, description: "d", ...more });
const choices = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));

test.each<[string, object[], string]>([
  ["capitals in a name", [slash([], { name: "Edit" })], "0.name: APPLICATION_COMMAND_INVALID_NAME"],
  ["spaces in a name", [slash([], { name: "edit it" })], "0.name: APPLICATION_COMMAND_INVALID_NAME"],
  ["a name of 33 letters", [slash([], { name: "e".repeat(33) })], "0.name: APPLICATION_COMMAND_INVALID_NAME"],
  [
    "capitals in a name in another language",
    [slash([], { name_localizations: { de: "Bearbeiten" } })],
    "0.name_localizations.de: APPLICATION_COMMAND_INVALID_NAME",
  ],
  [
    "an option's name with spaces in another language",
    [slash([string("a", { name_localizations: { de: "ein wort" } })])],
    "0.options.0.name_localizations.de: APPLICATION_COMMAND_INVALID_NAME",
  ],
  ["no description", [{ name: "edit" }], "0.description: BASE_TYPE_REQUIRED"],
  [
    "a description of 101 characters",
    [slash([], { description: "d".repeat(101) })],
    "0.description: BASE_TYPE_MAX_LENGTH",
  ],
  [
    "a description on a message command",
    [{ name: "Edit", type: 3, description: "d" }],
    "0.description: APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
  ],
  [
    "a required option after an optional one",
    [slash([string("a"), string("b", { required: true })])],
    "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  ],
  ["26 options", [slash(choices(26).map(({ value }) => string(value)))], "0.options: BASE_TYPE_BAD_LENGTH"],
  ["26 choices", [slash([string("a", { choices: choices(26) })])], "0.options.0.choices: BASE_TYPE_BAD_LENGTH"],
  [
    "choices with autocomplete",
    [slash([string("a", { choices: choices(1), autocomplete: true })])],
    "0.options.0.choices: APPLICATION_COMMAND_OPTION_INVALID",
  ],
  [
    "an option name used twice",
    [slash([string("a"), string("a")])],
    "0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
  ],
  ["a command name used twice", [slash([]), slash([])], "1.name: APPLICATION_COMMANDS_DUPLICATE_NAME"],
  [
    "a subcommand beside an option",
    [slash([{ type: 1, name: "sub", description: "d" }, string("a")])],
    "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  [
    "a choice of the wrong type",
    [slash([string("a", { choices: [{ name: "n", value: 1 }] })])],
    "0.options.0.choices.0.value: APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID",
  ],
])("%s is refused", async (_name, commands, problem) => {
  const sandbox = await openSandbox();
  const refused = await put(sandbox, commands);
  expect([refused.status, refused.code]).toEqual([400, 50035]);
  expect(refused.problems).toContain(problem);
  expect(sandbox.commands).toEqual([]);
});

test("more than 8000 characters, 100 slash commands or 15 message commands are refused", async () => {
  const sandbox = await openSandbox();
  const big = slash(
    choices(25).map(({ value }) =>
      string(value, {
        description: "d".repeat(100),
        choices: choices(25).map((choice) => ({ ...choice, value: "v".repeat(90) })),
      }),
    ),
  );
  expect((await put(sandbox, [big])).problems).toEqual(["0: APPLICATION_COMMAND_TOO_LARGE"]);
  expect(
    (
      await put(
        sandbox,
        choices(101).map(({ value }) => slash([], { name: value })),
      )
    ).code,
  ).toBe(50035);
  expect(
    (
      await put(
        sandbox,
        choices(16).map(({ value }) => ({ name: value, type: 3 })),
      )
    ).code,
  ).toBe(50035);
});

test("writing a command again keeps its id; guild commands stay apart; 200 creates a day are enough", async () => {
  const sandbox = await openSandbox();
  const idOf = (answer: { body: unknown }) => (answer.body as { id: string }[])[0]?.id;
  const first = idOf(await put(sandbox, [slash([])]));
  expect(idOf(await put(sandbox, [slash([string("a")])]))).toBe(first);
  await put(sandbox, [slash([])], `/guilds/${sandbox.guildId}`);
  expect(sandbox.commands).toHaveLength(2);
  const bulk = (prefix: string) =>
    put(
      sandbox,
      choices(90).map(({ value }) => slash([], { name: prefix + value })),
    );
  expect([(await bulk("a")).status, (await bulk("b")).status, (await bulk("c")).code]).toEqual([200, 200, 30034]);
});

test("people are held to the command's options, as the client holds them", async () => {
  const sandbox = await openSandbox();
  await put(sandbox, [
    slash([
      { type: 11, name: "image", description: "d", required: true, file_types: ["image"] },
      string("instruction", { required: true, max_length: 20 }),
      string("task", { choices: [{ name: "Add", value: "add" }] }),
      { type: 4, name: "steps", description: "d", min_value: 1, max_value: 50 },
    ]),
  ]);
  const image = await picture();
  const attempt = (options: object) =>
    sandbox.member.slash("pictures", "edit", { image, instruction: "snow", ...options });
  await expect(attempt({ instruction: undefined })).rejects.toThrow("this option is required: instruction");
  await expect(attempt({ instruction: "x".repeat(21) })).rejects.toThrow("between 0 and 20");
  await expect(attempt({ task: "fly" })).rejects.toThrow("not a choice");
  await expect(attempt({ steps: 0 })).rejects.toThrow("between 1 and 50");
  await expect(attempt({ steps: 1.5 })).rejects.toThrow("whole number");
  await expect(attempt({ color: "red" })).rejects.toThrow("no option color");
  await expect(attempt({ image: { name: "a.txt", bytes: Buffer.from("x") } })).rejects.toThrow(
    "a.txt is not one of: image",
  );
  sandbox.setAttachmentSizeLimit(10);
  await expect(attempt({})).rejects.toThrow("too powerful");
  expect(sandbox.interactions).toEqual([]);
  sandbox.setAttachmentSizeLimit(1e6);
  const { record } = await attempt({ task: "Add", steps: 3 });
  expect((record.payload.data as { options: { value: unknown }[] }).options.map(({ value }) => value).slice(1)).toEqual(
    ["snow", "add", 3],
  );
});

test("commands for managers, for age-restricted channels, and where commands are off", async () => {
  const sandbox = await openSandbox();
  await put(sandbox, [
    slash([], { name: "settings", default_member_permissions: "32" }),
    slash([], { name: "spicy", nsfw: true }),
    slash([], { name: "guildonly", contexts: [0] }),
  ]);
  await expect(sandbox.member.slash("pictures", "settings")).rejects.toThrow(PersonCannot);
  await sandbox.owner.slash("pictures", "settings");
  await expect(sandbox.member.slash("pictures", "spicy")).rejects.toThrow("age-restricted");
  await sandbox.member.slash("after-dark", "spicy");
  await expect(sandbox.member.slash(sandbox.member.directMessages(), "guildonly")).rejects.toThrow(
    "cannot be used here",
  );
  await expect(sandbox.member.slash("staff", "guildonly")).rejects.toThrow("cannot see");
  sandbox.channel("lounge").deny("everyone", "UseApplicationCommands");
  await expect(sandbox.member.slash("lounge", "guildonly")).rejects.toThrow("may not use commands");
});

test("subcommands arrive nested", async () => {
  const sandbox = await openSandbox();
  await put(sandbox, [
    slash([{ type: 1, name: "learn", description: "d", options: [string("name", { required: true })] }], {
      name: "task",
    }),
  ]);
  const { record } = await sandbox.member.slash("pictures", "task learn", { name: "glow" });
  expect(record.commandName).toBe("task learn");
  expect(record.payload.data).toMatchObject({
    name: "task",
    options: [{ name: "learn", type: 1, options: [{ name: "name", value: "glow" }] }],
  });
  await expect(sandbox.member.slash("pictures", "task")).rejects.toThrow("needs a subcommand");
});
