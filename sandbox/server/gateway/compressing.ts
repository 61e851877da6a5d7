import { constants, createDeflate } from "node:zlib";
import type { WebSocket } from "ws";

/** Makes `send` write one zlib stream over the whole connection, flushed after each message (`compress=zlib-stream`). */
export function compressing(client: WebSocket): WebSocket {
  const deflate = createDeflate();
  let parts: Buffer[] = [];
  const send = client.send.bind(client) as (data: Buffer) => void;
  deflate.on("data", (part: Buffer) => parts.push(part));
  client.send = ((text: string) => {
    deflate.write(text);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      const whole = Buffer.concat(parts);
      parts = [];
      if (whole.length > 0) send(whole);
    });
  }) as WebSocket["send"];
  client.on("close", () => deflate.close());
  return client;
}
