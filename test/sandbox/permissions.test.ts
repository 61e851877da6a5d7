import { expect, test } from "vitest";
import type { Sandbox } from "../../sandbox/index.ts";
import { api } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";
import { startBot } from "./support/startBot.ts";

const path = (sandbox: Sandbox, rest = "") => `/channels/${sandbox.channel("pictures").id}/messages${rest}`;

test("sending without Send Messages, files without Attach Files, embeds without Embed Links: 50013", async () => {
  const sandbox = await openSandbox();
  const channel = sandbox.channel("pictures");
  const refused = { status: 403, code: 50013 };
  channel.deny("bot", "AttachFiles", "EmbedLinks");
  const files = [await picture()];
  expect(await api(sandbox, "POST", path(sandbox), {}, { files })).toMatchObject(refused);
  expect(await api(sandbox, "POST", path(sandbox), { embeds: [{ title: "x" }] })).toMatchObject(refused);
  expect((await api(sandbox, "POST", path(sandbox), { content: "words" })).status).toBe(200);
  channel.deny("bot", "SendMessages");
  expect(await api(sandbox, "POST", path(sandbox), { content: "words" })).toMatchObject(refused);
  expect(await api(sandbox, "POST", `/channels/${channel.id}/typing`)).toMatchObject(refused);
  channel.resetPermissions();
  expect((await api(sandbox, "POST", path(sandbox), {}, { files })).status).toBe(200);
});

test("a channel that the bot cannot see: 50001", async () => {
  const sandbox = await openSandbox();
  const { id } = sandbox.channel("staff");
  const refused = { status: 403, code: 50001 };
  expect(await api(sandbox, "GET", `/channels/${id}`)).toMatchObject(refused);
  expect(await api(sandbox, "POST", `/channels/${id}/messages`, { content: "x" })).toMatchObject(refused);
});

test("without Read Message History: no list, 50013 for one message, 160002 for a reply", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "hello");
  sandbox.channel("pictures").deny("bot", "ReadMessageHistory");
  expect((await api(sandbox, "GET", path(sandbox))).body).toEqual([]);
  expect((await api(sandbox, "GET", path(sandbox, `/${message.id}`))).code).toBe(50013);
  const reply = { content: "x", message_reference: { message_id: message.id } };
  expect(await api(sandbox, "POST", path(sandbox), reply)).toMatchObject({ status: 400, code: 160002 });
});

test("other people's messages: editing meets 50005, deleting needs Manage Messages", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "mine");
  expect((await api(sandbox, "PATCH", path(sandbox, `/${message.id}`), { content: "x" })).code).toBe(50005);
  expect((await api(sandbox, "DELETE", path(sandbox, `/${message.id}`))).code).toBe(50013);
  sandbox.channel("pictures").allow("bot", "ManageMessages");
  expect((await api(sandbox, "DELETE", path(sandbox, `/${message.id}`))).status).toBe(204);
  expect(message.isDeleted).toBe(true);
});

test("reactions need Add Reactions", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "nice");
  const react = () => api(sandbox, "PUT", path(sandbox, `/${message.id}/reactions/${encodeURIComponent("👍")}/@me`));
  sandbox.channel("pictures").deny("bot", "AddReactions");
  expect(await react()).toMatchObject({ status: 403, code: 50013 });
  sandbox.channel("pictures").resetPermissions();
  expect((await react()).status).toBe(204);
});

test("the bot hears nothing from channels that it cannot see", async () => {
  const sandbox = await openSandbox();
  const heard: string[] = [];
  await startBot(sandbox, { onMessage: ({ content }) => heard.push(content) });
  await sandbox.owner.post("staff", "secret");
  await sandbox.owner.post("pictures", "open");
  await expect.poll(() => heard).toEqual(["open"]);
});

test("permissions of a channel reach the bot's cache and its interactions", async () => {
  const sandbox = await openSandbox();
  const { client } = await startBot(sandbox, {});
  const channel = sandbox.channel("pictures");
  channel.deny("bot", "AttachFiles");
  const guild = client.guilds.cache.first();
  const may = () => guild?.members.me?.permissionsIn(channel.id).has("AttachFiles");
  await expect.poll(may).toBe(false);
});

test("a bad token: 401 over REST", async () => {
  const sandbox = await openSandbox();
  const refused = await api(sandbox, "GET", "/users/@me", undefined, { headers: { authorization: "Bot wrong" } });
  expect(refused).toMatchObject({ status: 401, code: 0 });
});
