import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { refusals } from "../errors/refusals.ts";
import type { Uploads } from "../messages/takeFiles.ts";

/** Bytes of a whole request, as Discord allows for creating a message. */
export const MAX_REQUEST = 25 * 1024 * 1024;

export interface RequestBody {
  json: unknown;
  /** n of `files[n]`, or the field's name when it is another → what was sent. */
  uploads: Uploads;
}

/** Reads JSON, or multipart with `payload_json` and `files[n]`; counts bytes while reading and throws 40005 above the limit. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const type = request.headers["content-type"] ?? "";
  if (Number(request.headers["content-length"] ?? 0) > MAX_REQUEST) {
    await drain(request);
    throw refusals.tooLarge();
  }
  return type.startsWith("multipart/form-data")
    ? readMultipart(request)
    : { json: await readJson(request), uploads: new Map() };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_REQUEST) chunks.push(chunk);
  }
  if (size > MAX_REQUEST) throw refusals.tooLarge();
  return size === 0 ? undefined : parseJson(Buffer.concat(chunks).toString("utf8"));
}

function readMultipart(request: IncomingMessage): Promise<RequestBody> {
  return new Promise((resolve, reject) => {
    const uploads = new Map<string, { filename: string; bytes: Buffer }>();
    const fields: Record<string, string> = {};
    let size = 0;
    const parser = busboy({ headers: request.headers, defParamCharset: "utf8", limits: { fieldSize: MAX_REQUEST } });
    parser.on("field", (name, value) => {
      size += value.length;
      fields[name] = value;
    });
    parser.on("file", (field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_REQUEST) chunks.push(chunk);
      });
      stream.on("end", () => {
        const index = /^files\[(\d+)\]$/.exec(field)?.[1] ?? field;
        uploads.set(index, { filename: filename || "unknown", bytes: Buffer.concat(chunks) });
      });
    });
    parser.on("error", () => reject(refusals.badRequest()));
    parser.on("close", () => {
      if (size > MAX_REQUEST) return reject(refusals.tooLarge());
      try {
        resolve({ json: fields.payload_json === undefined ? fields : parseJson(fields.payload_json), uploads });
      } catch (error) {
        reject(error);
      }
    });
    request.on("error", reject);
    request.pipe(parser);
  });
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw refusals.badJson();
  }
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _chunk of request);
}
