import { expect, test } from "vitest";
import type { InteractionHandle, Sandbox } from "../../sandbox/index.ts";
import { api, registerCommands } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";

const MESSAGE = 4;
const DEFER = 5;
const DEFER_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;
const EPHEMERAL = 64;

const form = {
  custom_id: "form",
  title: "Edit",
  components: [{ type: 18, label: "Say", component: { type: 4, custom_id: "say", style: 1 } }],
};

async function used(): Promise<{ sandbox: Sandbox; interaction: InteractionHandle }> {
  const sandbox = await openSandbox({ answerWithinMs: 3000 });
  await registerCommands(sandbox);
  return { sandbox, interaction: await sandbox.member.slash("pictures", "edit", { instruction: "snow" }) };
}

const answer = (sandbox: Sandbox, { id, token }: InteractionHandle, type: number, data?: object) =>
  api(sandbox, "POST", `/interactions/${id}/${token}/callback`, { type, ...(data ? { data } : {}) });

const webhook = (sandbox: Sandbox, token: string) => `/webhooks/${sandbox.applicationId}/${token}`;

test("without an answer in three seconds the person sees a failure and a later answer meets 10062", async () => {
  const { sandbox, interaction } = await used();
  sandbox.advanceClock(3001);
  await interaction.expectFailure();
  await expect(interaction.expectReply()).rejects.toThrow("The application did not respond");
  expect(await answer(sandbox, interaction, DEFER)).toMatchObject({ status: 404, code: 10062 });
});

test("three seconds pass in real time too", async () => {
  const { interaction } = await used();
  const start = performance.now();
  await interaction.expectFailure();
  expect(performance.now() - start).toBeGreaterThan(2800);
});

test("a second answer meets 40060, also a modal after a deferral", async () => {
  const { sandbox, interaction } = await used();
  expect((await answer(sandbox, interaction, DEFER)).status).toBe(204);
  expect(await answer(sandbox, interaction, DEFER)).toMatchObject({ status: 400, code: 40060 });
  expect(await answer(sandbox, interaction, MODAL, form)).toMatchObject({ status: 400, code: 40060 });
});

test("two answers at the same time: one wins", async () => {
  const { sandbox, interaction } = await used();
  const answers = await Promise.all([DEFER, DEFER].map((type) => answer(sandbox, interaction, type)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
});

test("a refused body leaves the interaction unanswered", async () => {
  const { sandbox, interaction } = await used();
  expect((await answer(sandbox, interaction, MESSAGE, { content: "x".repeat(2001) })).code).toBe(50035);
  expect((await answer(sandbox, interaction, MESSAGE, { content: "fine" })).status).toBe(204);
});

test("after fifteen minutes the token is dead: 401 and 50027", async () => {
  const { sandbox, interaction } = await used();
  await answer(sandbox, interaction, DEFER);
  const base = webhook(sandbox, interaction.token);
  sandbox.advanceClock(14 * 60_000);
  expect((await api(sandbox, "PATCH", `${base}/messages/@original`, { content: "still" })).status).toBe(200);
  sandbox.advanceClock(61_000);
  const dead = { status: 401, code: 50027 };
  expect(await api(sandbox, "PATCH", `${base}/messages/@original`, { content: "late" })).toMatchObject(dead);
  expect(await api(sandbox, "GET", `${base}/messages/@original`)).toMatchObject(dead);
  expect(await api(sandbox, "DELETE", `${base}/messages/@original`)).toMatchObject(dead);
  expect(await api(sandbox, "POST", base, { content: "late" })).toMatchObject(dead);
});

test("unknown ids and tokens meet 10062 and 50027, edits before the answer 10015", async () => {
  const { sandbox, interaction } = await used();
  const unknown = await api(sandbox, "POST", `/interactions/1/${interaction.token}/callback`, { type: DEFER });
  expect(unknown.code).toBe(10062);
  expect((await api(sandbox, "POST", webhook(sandbox, "nonsense"), { content: "x" })).code).toBe(50027);
  const early = await api(sandbox, "PATCH", `${webhook(sandbox, interaction.token)}/messages/@original`, {
    content: "x",
  });
  expect(early).toMatchObject({ status: 404, code: 10015 });
});

test("answers that do not fit the kind of interaction meet 50035", async () => {
  const { sandbox, interaction } = await used();
  for (const type of [1, DEFER_UPDATE, UPDATE, CHOICES, 99]) {
    expect(await answer(sandbox, interaction, type, { content: "x" })).toMatchObject({ status: 400, code: 50035 });
  }
  expect((await answer(sandbox, interaction, MODAL, form)).status).toBe(204);
  const sent = await sandbox.member.submit(await interaction.expectModal(), { say: "hi" });
  expect((await answer(sandbox, sent, MODAL, form)).code).toBe(50035);
});

test("suggestions: at most 25, with names and values", async () => {
  const sandbox = await openSandbox();
  const option = { type: 3, name: "task", description: "Task", autocomplete: true };
  await registerCommands(sandbox, [{ name: "task", description: "Tasks", options: [option] }]);
  const asked = sandbox.member.autocomplete("pictures", "task", "task", { task: "a" }, { timeoutMs: 1000 });
  const interaction = sandbox.interactions.at(-1) as InteractionHandle;
  const choices = Array.from({ length: 26 }, (_, index) => ({ name: `n${index}`, value: `v${index}` }));
  expect((await answer(sandbox, interaction, CHOICES, { choices })).problems).toEqual([
    "data.choices: BASE_TYPE_BAD_LENGTH",
  ]);
  expect((await answer(sandbox, interaction, CHOICES, { choices: [{ name: "", value: "x" }] })).code).toBe(50035);
  expect((await answer(sandbox, interaction, CHOICES, { choices: [{ name: "n", value: 3 }] })).code).toBe(50035);
  expect((await answer(sandbox, interaction, CHOICES, { choices: choices.slice(1) })).status).toBe(204);
  expect(await asked).toHaveLength(25);
});

test("a deferral decides whether the reply is private, and the first follow-up fills it", async () => {
  const { sandbox, interaction } = await used();
  await answer(sandbox, interaction, DEFER, { flags: EPHEMERAL });
  expect(interaction.state).toBe("thinking");
  expect(interaction.replies()[0]?.isLoading).toBe(true);
  const filled = await api(sandbox, "POST", webhook(sandbox, interaction.token), { content: "here", flags: 0 });
  const reply = await interaction.expectReply();
  expect([reply.id, reply.isEphemeral, reply.content]).toEqual([filled.body.id, true, "here"]);
  expect(interaction.replies()).toHaveLength(1);
});

test("private replies cannot be fetched from the channel, and a deleted original is unknown", async () => {
  const { sandbox, interaction } = await used();
  await answer(sandbox, interaction, MESSAGE, { content: "psst", flags: EPHEMERAL });
  const reply = await interaction.expectReply();
  expect((await api(sandbox, "GET", `/channels/${reply.channelId}/messages/${reply.id}`)).code).toBe(10008);
  const original = `${webhook(sandbox, interaction.token)}/messages/@original`;
  expect((await api(sandbox, "GET", original)).body.content).toBe("psst");
  expect((await api(sandbox, "DELETE", original)).status).toBe(204);
  expect((await api(sandbox, "PATCH", original, { content: "x" })).code).toBe(10008);
});

test("an application that only the user installed makes at most five follow-ups and cannot use the channel", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const elsewhere = sandbox.addGuild("Elsewhere", { owner: sandbox.member, bot: false });
  const interaction = await sandbox.member.slash(elsewhere.channel, "edit");
  await answer(sandbox, interaction, MESSAGE, { content: "first" });
  sandbox.setRateLimits(false);
  const codes: (number | undefined)[] = [];
  for (let n = 0; n < 6; n++)
    codes.push((await api(sandbox, "POST", webhook(sandbox, interaction.token), { content: `${n}` })).code);
  expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 40094]);
  expect((await api(sandbox, "POST", `/channels/${elsewhere.channel.id}/messages`, { content: "x" })).code).toBe(50001);
});

test("without Use External Apps the answers of a user-installed application are private", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const { channel } = sandbox.addGuild("Elsewhere", { owner: sandbox.owner, members: [sandbox.member], bot: false });
  channel.deny("everyone", "UseExternalApps");
  const interaction = await sandbox.member.slash(channel, "edit");
  await answer(sandbox, interaction, MESSAGE, { content: "here" });
  expect((await interaction.expectReply()).isEphemeral).toBe(true);
});

test.each([
  ["a title over 45 characters", { ...form, title: "t".repeat(46) }, "data.title: BASE_TYPE_MAX_LENGTH"],
  ["no fields", { ...form, components: [] }, "data.components: BASE_TYPE_BAD_LENGTH"],
  ["six fields", { ...form, components: Array(6).fill(form.components[0]) }, "data.components: BASE_TYPE_BAD_LENGTH"],
  [
    "a button",
    { ...form, components: [{ type: 2, custom_id: "b", style: 1, label: "B" }] },
    "data.components.0.type: UNION_TYPE_CHOICES",
  ],
  [
    "a custom_id used twice",
    { ...form, components: Array(2).fill(form.components[0]) },
    "data.components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
  ["no custom_id", { ...form, custom_id: "" }, "data.custom_id: BASE_TYPE_REQUIRED"],
  [
    "a label over 45 characters",
    { ...form, components: [{ ...form.components[0], label: "l".repeat(46) }] },
    "data.components.0.label: BASE_TYPE_MAX_LENGTH",
  ],
])("a form with %s meets 50035", async (_name, data, problem) => {
  const { sandbox, interaction } = await used();
  const refused = await answer(sandbox, interaction, MODAL, data);
  expect(refused.code).toBe(50035);
  expect(refused.problems).toContain(problem);
});
