import { expect, onTestFinished, test } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/index.ts";
import { api } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string) => ({ type: 2, style: 1, label: "Go", custom_id });
const row = (...components: object[]) => ({ type: 1, components });
const gallery = (...names: string[]) => ({
  type: 12,
  items: names.map((name) => ({ media: { url: `attachment://${name}` } })),
});
const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

const path = (sandbox: Sandbox, id?: unknown) =>
  `/channels/${sandbox.channel("pictures").id}/messages${id ? `/${id}` : ""}`;
const send = (sandbox: Sandbox, body: unknown, files?: { name: string; bytes: Uint8Array }[]) =>
  api(sandbox, "POST", path(sandbox), body, files ? { files } : {});

test.each<[string, object, string]>([
  ["content over 2000 characters", { content: "x".repeat(2001) }, "content: BASE_TYPE_MAX_LENGTH"],
  [
    "an embed title over 256 characters",
    { embeds: [{ title: "t".repeat(257) }] },
    "embeds.0.title: BASE_TYPE_MAX_LENGTH",
  ],
  [
    "embeds over 6000 characters together",
    { embeds: many(2, () => ({ description: "d".repeat(3001) })) },
    "embeds: MAX_EMBED_SIZE_EXCEEDED",
  ],
  ["eleven embeds", { embeds: many(11, () => ({ title: "t" })) }, "embeds: BASE_TYPE_BAD_LENGTH"],
  [
    "V2 with content",
    { flags: V2, content: "x", components: [text("y")] },
    "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
  ],
  [
    "V2 with embeds",
    { flags: V2, embeds: [{ title: "x" }], components: [text("y")] },
    "embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
  ],
  ["V2 components without the flag", { components: [text("y")] }, "components.0.type: UNION_TYPE_CHOICES"],
  [
    "41 components",
    { flags: V2, components: [{ type: 17, components: many(40, () => text("t")) }] },
    "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
  ],
  [
    "texts over 4000 characters together",
    { flags: V2, components: [text("x".repeat(3000)), text("y".repeat(1001))] },
    "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
  ],
  ["an empty text", { flags: V2, components: [text("")] }, "components.0.content: BASE_TYPE_REQUIRED"],
  [
    "six buttons in a row",
    { components: [row(...many(6, (n) => button(`b${n}`)))] },
    "components.0.components: BASE_TYPE_BAD_LENGTH",
  ],
  ["six rows", { components: many(6, (n) => row(button(`b${n}`))) }, "components: BASE_TYPE_BAD_LENGTH"],
  [
    "a custom_id used twice",
    { components: [row(button("a"), button("a"))] },
    "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
  ["an empty custom_id", { components: [row(button(""))] }, "components.0.components.0.custom_id: BASE_TYPE_REQUIRED"],
  [
    "a custom_id of 101 characters",
    { components: [row(button("a".repeat(101)))] },
    "components.0.components.0.custom_id: BASE_TYPE_MAX_LENGTH",
  ],
  [
    "a button without label and emoji",
    { components: [row({ type: 2, style: 1, custom_id: "a" })] },
    "components.0.components.0.label: BUTTON_COMPONENT_INVALID_LABEL",
  ],
  [
    "a link button without address",
    { components: [row({ type: 2, style: 5, label: "a" })] },
    "components.0.components.0.url: BASE_TYPE_REQUIRED",
  ],
  [
    "26 options in a menu",
    { components: [row({ type: 3, custom_id: "m", options: many(26, (n) => ({ label: "l", value: `${n}` })) })] },
    "components.0.components.0.options: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a file component that is no attachment",
    { flags: V2, components: [{ type: 13, file: { url: "https://example.org/a.png" } }] },
    "components.0.file.url: BASE_TYPE_INVALID",
  ],
  [
    "eleven pictures in a gallery",
    { flags: V2, components: [gallery(...(many(11, () => "a.png" as unknown as object) as unknown as string[]))] },
    "components.0.items: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a gallery picture that was not sent",
    { flags: V2, components: [gallery("missing.png")] },
    "components.0.items.0.media.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
  ],
  [
    "an embed picture that was not sent",
    { embeds: [{ image: { url: "attachment://missing.png" } }] },
    "embeds.0.image.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
  ],
  [
    "a reply to a message that is not there",
    { content: "x", message_reference: { message_id: "123" } },
    "message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
  ],
  [
    "an attachment that was not sent",
    { content: "x", attachments: [{ id: 0 }] },
    "attachments.0.id: ATTACHMENT_NOT_FOUND",
  ],
])("%s meets 50035", async (_name, body, problem) => {
  const sandbox = await openSandbox();
  const refused = await send(sandbox, body);
  expect([refused.status, refused.code]).toEqual([400, 50035]);
  expect(refused.problems).toContain(problem);
  expect(sandbox.messages("pictures")).toEqual([]);
});

test("an empty message meets 50006, and spaces count as empty", async () => {
  const sandbox = await openSandbox();
  expect((await send(sandbox, {})).code).toBe(50006);
  expect((await send(sandbox, { content: "  \n" })).code).toBe(50006);
});

test("a file over the limit, or 25 MiB in one request, meets 413 and 40005", async () => {
  const sandbox = await openSandbox();
  sandbox.setAttachmentSizeLimit(1000);
  expect((await send(sandbox, {}, [{ name: "a.bin", bytes: new Uint8Array(1000) }])).status).toBe(200);
  expect(await send(sandbox, {}, [{ name: "a.bin", bytes: new Uint8Array(1001) }])).toMatchObject({
    status: 413,
    code: 40005,
  });
  sandbox.setAttachmentSizeLimit(100e6);
  const huge = many(3, (n) => ({ name: `${n}.bin`, bytes: new Uint8Array(9e6) })) as {
    name: string;
    bytes: Uint8Array;
  }[];
  expect(await send(sandbox, {}, huge)).toMatchObject({ status: 413, code: 40005 });
});

test("forty components and 4000 characters fit", async () => {
  const sandbox = await openSandbox();
  const components = [text("x".repeat(3961)), { type: 17, components: many(38, () => text("t")) }];
  expect((await send(sandbox, { flags: V2, components })).status).toBe(200);
});

test("files used in components or embeds are not listed as attachments; the rest are", async () => {
  const sandbox = await openSandbox();
  const files = [await picture("used.png"), await picture("plain.png")];
  const v2 = await send(sandbox, { flags: V2, components: [gallery("used.png")] }, files);
  expect((v2.body.attachments as { filename: string }[]).map(({ filename }) => filename)).toEqual(["plain.png"]);
  const item = (v2.body.components as { items: { media: object }[] }[])[0]?.items[0]?.media;
  expect(item).toMatchObject({ width: 12, height: 8, content_type: "image/png" });
  const embed = await send(sandbox, { embeds: [{ image: { url: "attachment://used.png" } }] }, files);
  expect((embed.body.attachments as object[]).length).toBe(1);
});

test("an edit drops the files that its attachments do not list", async () => {
  const sandbox = await openSandbox();
  const sent = await send(sandbox, { content: "x" }, [await picture("a.png"), await picture("b.png")]);
  const [, second] = sent.body.attachments as { id: string; url: string }[];
  const untouched = await api(sandbox, "PATCH", path(sandbox, sent.body.id), { content: "y" });
  expect((untouched.body.attachments as object[]).length).toBe(2);
  const body = { attachments: [{ id: second?.id }, { id: 0 }] };
  const edited = await api(sandbox, "PATCH", path(sandbox, sent.body.id), body, { files: [await picture("c.png")] });
  expect((edited.body.attachments as { filename: string }[]).map(({ filename }) => filename)).toEqual([
    "b.png",
    "c.png",
  ]);
  const [first] = sent.body.attachments as { url: string }[];
  expect((await fetch(first?.url ?? "")).status).toBe(404);
});

test("a message becomes V2 only when its content is cleared, and stays V2", async () => {
  const sandbox = await openSandbox();
  const { body } = await send(sandbox, { content: "50 %" });
  const card = { flags: V2, components: [text("done")] };
  expect((await api(sandbox, "PATCH", path(sandbox, body.id), card)).code).toBe(50035);
  expect((await api(sandbox, "PATCH", path(sandbox, body.id), { ...card, content: "" })).status).toBe(200);
  expect((await api(sandbox, "PATCH", path(sandbox, body.id), { content: "back" })).code).toBe(50035);
});

test("a nonce with enforce_nonce makes one message, also at the same time; without it, two", async () => {
  const sandbox = await openSandbox();
  const body = { content: "once", nonce: "job-1", enforce_nonce: true };
  const sent = await Promise.all([send(sandbox, body), send(sandbox, body)]);
  expect(new Set(sent.map((answer) => answer.body.id)).size).toBe(1);
  sandbox.advanceClock(10 * 60_000);
  await send(sandbox, body);
  await send(sandbox, { content: "loose", nonce: "job-2" });
  await send(sandbox, { content: "loose", nonce: "job-2" });
  expect(sandbox.messages("pictures").map(({ content }) => content)).toEqual(["once", "once", "loose", "loose"]);
});

test("unknown messages, channels, servers and commands are 10008, 10003, 10004 and 10063", async () => {
  const sandbox = await openSandbox();
  expect(await api(sandbox, "GET", path(sandbox, "123"))).toMatchObject({ status: 404, code: 10008 });
  expect(await api(sandbox, "GET", "/channels/123/messages")).toMatchObject({ status: 404, code: 10003 });
  expect(await api(sandbox, "GET", "/guilds/123")).toMatchObject({ status: 404, code: 10004 });
  const command = await api(sandbox, "DELETE", `/applications/${sandbox.applicationId}/commands/123`);
  expect(command).toMatchObject({ status: 404, code: 10063 });
});

test("a route that does not exist answers 404, is logged and remembered", async () => {
  const lines: string[] = [];
  const sandbox = await startSandbox({ page: false, log: (line) => lines.push(line) });
  onTestFinished(() => sandbox.close());
  expect(await api(sandbox, "GET", "/guilds/1/bans")).toMatchObject({ status: 404, code: 0 });
  expect(sandbox.unknownRoutes).toEqual(["GET /guilds/1/bans"]);
  expect(lines).toEqual(["sandbox: no such route: GET /guilds/1/bans"]);
});

test("a reply to a deleted message is sent without reference when the sender accepts that", async () => {
  const sandbox = await openSandbox();
  const reference = { message_id: "123", fail_if_not_exists: false };
  const sent = await send(sandbox, { content: "x", message_reference: reference });
  expect([sent.status, sent.body.message_reference]).toEqual([200, undefined]);
});
