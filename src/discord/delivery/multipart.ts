import { randomUUID } from "node:crypto";
import type { RawFile } from "discord.js";

/**
 * A request with files as one buffer. discord.js would send a FormData, whose stream throws where nobody can catch it
 * when Discord refuses before it has read everything (ERR_INVALID_STATE in undici), and takes the process along.
 */
export function multipart(payload: unknown, files: readonly RawFile[]): { body: Buffer; contentType: string } {
  const boundary = `emend-${randomUUID()}`;
  const parts: Buffer[] = [];
  const part = (head: readonly string[], data: Buffer) => {
    parts.push(Buffer.from(`--${boundary}\r\n${head.join("\r\n")}\r\n\r\n`), data, Buffer.from("\r\n"));
  };
  part(
    ['content-disposition: form-data; name="payload_json"', "content-type: application/json"],
    Buffer.from(JSON.stringify(payload)),
  );
  files.forEach(({ name, data }, i) => {
    // Our own names: letters, digits, dots and dashes, so nothing needs quoting.
    const disposition = `content-disposition: form-data; name="files[${i}]"; filename="${name}"`;
    part(
      [disposition, "content-type: application/octet-stream"],
      Buffer.isBuffer(data) ? data : Buffer.from(`${data}`),
    );
  });
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), contentType: `multipart/form-data; boundary=${boundary}` };
}
