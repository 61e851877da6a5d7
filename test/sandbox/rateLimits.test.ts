import http from "node:http";
import { REST, Routes } from "discord.js";
import { expect, test } from "vitest";
import { RateLimits } from "../../sandbox/server/http/RateLimits.ts";
import { api } from "./support/api.ts";
import { openSandbox } from "./support/openSandbox.ts";

test("each route has a bucket per channel, announced in headers; beyond it 429 with retry_after", async () => {
  const sandbox = await openSandbox();
  const send = (channel: string) =>
    api(sandbox, "POST", `/channels/${sandbox.channel(channel).id}/messages`, { content: "x" });
  const first = await send("pictures");
  expect(first.headers.get("x-ratelimit-limit")).toBe("5");
  expect(first.headers.get("x-ratelimit-remaining")).toBe("4");
  const others = await Promise.all(Array.from({ length: 5 }, () => send("pictures")));
  const refused = others.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ global: false, message: "You are being rate limited." });
  expect(refused?.body.retry_after).toBeGreaterThan(0);
  expect(refused?.headers.get("x-ratelimit-scope")).toBe("user");
  expect((await send("lounge")).status).toBe(200);
});

test("more than fifty calls a second meet the global limit; interaction tokens do not count", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  const call = (n: number, countsGlobally = true) => limits.take("GET", `/route/${n}`, {}, countsGlobally);
  const verdicts = Array.from({ length: 51 }, (_, n) => call(n));
  expect(verdicts.filter(({ retryAfter }) => retryAfter !== undefined)).toHaveLength(1);
  expect(verdicts[50]).toMatchObject({ global: true, retryAfter: 1, headers: { "x-ratelimit-global": "true" } });
  expect(call(99, false).retryAfter).toBeUndefined();
  now = 1000;
  expect(call(0).retryAfter).toBeUndefined();
});

test("a bucket fills up again after its window", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  const send = () => limits.take("POST", "/channels/:channel/messages", { channel: "1" }, true).retryAfter;
  expect(Array.from({ length: 5 }, send)).toEqual(Array(5).fill(undefined));
  now = 2000;
  expect(send()).toBe(3);
  now = 5000;
  expect(send()).toBeUndefined();
});

test("discord.js waits for a planned 429 and then succeeds", async () => {
  const sandbox = await openSandbox();
  sandbox.failNext("POST", "/channels/:id/messages", { status: 429, retryAfter: 0.2 });
  const rest = new REST({ api: sandbox.apiUrl, version: "10" }).setToken(sandbox.token);
  const start = performance.now();
  await rest.post(Routes.channelMessages(sandbox.channel("pictures").id), { body: { content: "patient" } });
  expect(performance.now() - start).toBeGreaterThan(150);
  expect(sandbox.messages("pictures")).toHaveLength(1);
});

test("planned failures hit as often as told, by pattern, and can delay or cut", async () => {
  const sandbox = await openSandbox();
  sandbox.failNext("GET", /^\/users/, { status: 503, times: 2 });
  const me = () =>
    api(sandbox, "GET", "/users/@me").then(
      ({ status }) => status,
      () => "cut",
    );
  expect([await me(), await me(), await me()]).toEqual([503, 503, 200]);
  sandbox.failNext("GET", "/users/@me", { drop: true });
  expect(await me()).toBe("cut");
  sandbox.failNext("*", "/users/@me", { delayMs: 100 });
  const start = performance.now();
  expect(await me()).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(90);
});

test("other hosts and origins are turned away", async () => {
  const sandbox = await openSandbox();
  const get = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      http
        .get(`${sandbox.apiUrl}/v10/gateway`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on("error", reject);
    });
  expect(await get({ host: "evil.example" })).toBe(403);
  expect(await get({ origin: "https://evil.example" })).toBe(403);
  expect(await get({ host: new URL(sandbox.url).host.replace("127.0.0.1", "localhost") })).toBe(200);
});
