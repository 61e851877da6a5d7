import { expect, test } from "vitest";
import { api } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { picture } from "./support/picture.ts";

test("files come back byte for byte, with type and size", async () => {
  const sandbox = await openSandbox();
  const { name, bytes } = await picture("boot bei nacht.png");
  const message = await sandbox.member.post("pictures", "", [{ name, bytes }]);
  const [attachment] = message.raw.attachments;
  expect(attachment).toMatchObject({ filename: "boot_bei_nacht.png", width: 12, height: 8, content_type: "image/png" });
  expect(attachment?.url).toMatch(
    /\/cdn\/attachments\/\d+\/\d+\/boot_bei_nacht\.png\?ex=[0-9a-f]+&is=[0-9a-f]+&hm=[0-9a-f]{64}&$/,
  );
  const response = await fetch(attachment?.url ?? "");
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test("a wrong or missing signature, or a time in the past, is 404; refresh-urls signs again", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "", [await picture()]);
  const url = message.raw.attachments[0]?.url ?? "";
  const status = async (address: string) => (await fetch(address)).status;
  expect(await status(url)).toBe(200);
  expect(await status(url.replace(/hm=(.)/, (_, first) => `hm=${first === "0" ? "1" : "0"}`))).toBe(404);
  expect(await status(url.split("?")[0] as string)).toBe(404);
  expect(await status(url.replace(/ex=[0-9a-f]+/, "ex=ffffffff"))).toBe(404);
  sandbox.advanceClock(25 * 3_600_000);
  expect(await status(url)).toBe(404);
  const refreshed = await api(sandbox, "POST", "/attachments/refresh-urls", { attachment_urls: [url] });
  const [{ refreshed: again } = { refreshed: "" }] = refreshed.body.refreshed_urls as { refreshed: string }[];
  expect(await status(again)).toBe(200);
  expect(await status(message.raw.attachments[0]?.url ?? "")).toBe(200);
});

test("what is no picture is announced by its name, without width and height", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "", [{ name: "fake.png", bytes: Buffer.from("hello") }]);
  const [attachment] = message.raw.attachments;
  expect([attachment?.content_type, attachment?.width]).toEqual(["image/png", undefined]);
});

test("a deleted message takes its files along", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "", [await picture()]);
  const url = message.raw.attachments[0]?.url ?? "";
  sandbox.member.delete(message);
  expect((await fetch(url)).status).toBe(404);
});

test("files that are not shown in place are sent as downloads, and nothing runs in them", async () => {
  const sandbox = await openSandbox();
  const message = await sandbox.member.post("pictures", "", [{ name: "x.svg", bytes: Buffer.from("<svg/>") }]);
  const { headers } = await fetch(message.raw.attachments[0]?.url ?? "");
  expect(headers.get("content-disposition")).toMatch(/^attachment/);
  expect(headers.get("content-security-policy")).toBe("sandbox");
});
