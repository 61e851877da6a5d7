import { Events } from "discord.js";
import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import type { Sandbox } from "../../sandbox/index.ts";
import { registerCommands } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";
import { INTENTS, startBot } from "./support/startBot.ts";

interface Packet {
  op: number;
  t?: string;
  s?: number;
  d: Record<string, unknown>;
}

/** A bare gateway client, for what discord.js never does. */
function connect(sandbox: Sandbox) {
  const socket = new WebSocket(
    `${sandbox.apiUrl.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json`,
  );
  onTestFinished(() => socket.terminate());
  const packets: Packet[] = [];
  socket.on("message", (data) => packets.push(JSON.parse(data.toString()) as Packet));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  const until = (fits: (packet: Packet) => boolean) =>
    expect
      .poll(() => packets.some(fits), { interval: 5 })
      .toBe(true)
      .then(() => packets.find(fits) as Packet);
  const login = async () => {
    await until(({ op }) => op === 10);
    send(2, { token: sandbox.token, intents: INTENTS.reduce((sum, bit) => sum | bit, 0), properties: {} });
    return until(({ t }) => t === "READY");
  };
  return { socket, packets, closed, send, until, login };
}

test("heartbeats are answered", async () => {
  const client = connect(await openSandbox());
  await client.login();
  client.send(1, 1);
  await client.until(({ op }) => op === 11);
});

test.each<[string, number, (client: ReturnType<typeof connect>) => void]>([
  ["a bad token", 4004, ({ send }) => send(2, { token: "wrong", intents: 1 })],
  ["intents that do not exist", 4013, ({ send }) => send(2, { token: "TOKEN", intents: 1 << 30 })],
  ["anything before the login", 4003, ({ send }) => send(3, {})],
  ["more than 4096 bytes", 4002, ({ send }) => send(1, "x".repeat(4096))],
  ["what is not JSON", 4002, ({ socket }) => socket.send("{")],
  [
    "more than 120 messages in a minute",
    4008,
    ({ send }) => {
      for (let n = 0; n < 121; n++) send(1, null);
    },
  ],
])("%s closes with %d", async (_name, code, act) => {
  const sandbox = await openSandbox();
  const client = connect(sandbox);
  await client.until(({ op }) => op === 10);
  const send = client.send;
  act({ ...client, send: (op, d) => send(op, JSON.parse(JSON.stringify(d).replace("TOKEN", sandbox.token))) });
  expect(await client.closed).toBe(code);
});

test("a second login on one connection closes with 4005", async () => {
  const sandbox = await openSandbox();
  const client = connect(sandbox);
  await client.login();
  client.send(2, { token: sandbox.token, intents: 1 });
  expect(await client.closed).toBe(4005);
});

test("a resume brings the missed events, numbered as they were", async () => {
  const sandbox = await openSandbox();
  const first = connect(sandbox);
  const ready = await first.login();
  await sandbox.member.post("pictures", "one");
  const seen = await first.until(({ t }) => t === "MESSAGE_CREATE");
  sandbox.dropGateway();
  await first.closed;
  await sandbox.member.post("pictures", "two");
  const second = connect(sandbox);
  await second.until(({ op }) => op === 10);
  second.send(6, { token: sandbox.token, session_id: ready.d.session_id, seq: seen.s });
  await second.until(({ t }) => t === "RESUMED");
  const events = second.packets.filter(({ op }) => op === 0).map(({ t, s, d }) => [t, s, d.content]);
  expect(events).toEqual([
    ["MESSAGE_CREATE", (seen.s as number) + 1, "two"],
    ["RESUMED", (seen.s as number) + 2, undefined],
  ]);
});

test("an unknown session cannot be resumed: op 9", async () => {
  const sandbox = await openSandbox();
  const client = connect(sandbox);
  await client.until(({ op }) => op === 10);
  client.send(6, { token: sandbox.token, session_id: "gone", seq: 1 });
  expect((await client.until(({ op }) => op === 9)).d).toBe(false);
});

test.each(["cut", "reconnect", "invalidate"] as const)("discord.js survives a gateway that does: %s", async (how) => {
  const sandbox = await openSandbox();
  const heard: string[] = [];
  const { client } = await startBot(sandbox, { onMessage: ({ content }) => heard.push(content) });
  const back = new Promise<void>((resolve) => {
    if (how === "invalidate") client.once(Events.ShardReady, () => resolve());
    else client.once(Events.ShardResume, () => resolve());
  });
  sandbox.dropGateway(how);
  if (how === "cut") await sandbox.member.post("pictures", "while away");
  await back;
  await sandbox.expectBot();
  await sandbox.member.post("pictures", "after");
  await expect.poll(() => heard).toEqual(how === "cut" ? ["while away", "after"] : ["after"]);
});

test("the last interaction can come twice, with the same id", async () => {
  const sandbox = await openSandbox();
  await registerCommands(sandbox);
  const ids: string[] = [];
  await startBot(sandbox, { onInteraction: ({ id }) => ids.push(id) });
  const interaction = await sandbox.member.slash("pictures", "edit");
  sandbox.replayLastInteraction();
  await expect.poll(() => ids).toEqual([interaction.id, interaction.id]);
});

test("the zlib stream that a client asks for can be read", async () => {
  const sandbox = await openSandbox();
  const { createInflate, constants } = await import("node:zlib");
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
  const url = `${sandbox.apiUrl.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json&compress=zlib-stream`;
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  socket.on("message", (data) => inflate.write(data as Buffer));
  const [hello] = (await new Promise((resolve) => inflate.once("data", (part) => resolve([part])))) as [Buffer];
  expect(JSON.parse(hello.toString())).toMatchObject({ op: 10 });
});
