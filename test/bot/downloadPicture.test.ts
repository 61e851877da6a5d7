import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { downloadPicture } from "../../src/discord/source/downloadPicture.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/cdn`;
}

const download = (cdnBase: string, maxBytes = 10_000, timeoutMs?: number) =>
  downloadPicture(`${cdnBase}/a.png`, { maxBytes, cdnBase, ...(timeoutMs === undefined ? {} : { timeoutMs }) });

it("gives the bytes", async () => {
  const base = await serve((_, response) => response.end("picture"));
  expect(Buffer.from(await download(base)).toString()).toBe("picture");
});

it("stops an endless answer at the limit, whatever it announced", async () => {
  let sent = 0;
  const base = await serve((_, response) => {
    response.writeHead(200, { "content-type": "image/png" });
    const timer = setInterval(() => {
      sent += 5_000;
      response.write(Buffer.alloc(5_000));
    }, 1);
    response.on("close", () => clearInterval(timer));
  });
  await expect(download(base)).rejects.toMatchObject({ code: "image_too_large", fault: { kind: "too-many-bytes" } });
  const soon = sent;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sent - soon).toBeLessThan(400_000); // the connection was closed
});

it("does not unpack more than the limit", async () => {
  const base = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync(Buffer.alloc(5_000_000)));
  });
  await expect(download(base)).rejects.toMatchObject({ code: "image_too_large" });
});

it("gives up on an answer that comes too slowly", async () => {
  const base = await serve((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("x"), 50);
    response.on("close", () => clearInterval(timer));
  });
  await expect(download(base, 10_000, 300)).rejects.toMatchObject({ code: "download_failed" });
});

it("follows no redirect, not even to a good place", async () => {
  let asked = 0;
  const base = await serve((request, response) => {
    asked++;
    if (request.url?.endsWith("b.png")) response.end("picture");
    else response.writeHead(302, { location: "/cdn/b.png" }).end();
  });
  await expect(download(base)).rejects.toMatchObject({ code: "download_failed" });
  expect(asked).toBe(1);
});

it("gives one error for refusals and broken connections", async () => {
  const gone = await serve((_, response) => response.writeHead(404).end("nothing"));
  await expect(download(gone)).rejects.toMatchObject({ code: "download_failed" });
  const broken = await serve((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("only this");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(download(broken)).rejects.toMatchObject({ code: "download_failed" });
  await expect(download("http://127.0.0.1:1/cdn")).rejects.toMatchObject({ code: "download_failed" });
});
