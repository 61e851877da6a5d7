import type { IncomingMessage, ServerResponse } from "node:http";
import type { State } from "../state/State.ts";
import { avatarImage } from "./avatarImage.ts";

/** Types that a browser may show in place; anything else is offered as a download. */
const INLINE = /^(image\/(png|apng|jpeg|webp|gif|avif|bmp)|video\/(mp4|webm)|text\/plain)/;

/** Serves uploaded files by their signed addresses, and avatars. `path` has no /cdn in front. */
export async function handleCdn(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405).end();
    return;
  }
  const avatar = /^\/(?:embed\/avatars\/(\d)|avatars\/\d+\/\w+)\.png$/.exec(path);
  if (avatar) {
    const bytes = await avatarImage(Number(avatar[1] ?? 0));
    response.writeHead(200, { "content-type": "image/png" }).end(bytes);
    return;
  }
  const file = state.files.open(path, query);
  if (!file) {
    response
      .writeHead(404, { "content-type": "text/plain; charset=utf-8" })
      .end("This content is no longer available.");
    return;
  }
  response.writeHead(200, {
    "content-type": file.contentType,
    "content-length": file.bytes.length,
    "content-disposition": `${INLINE.test(file.contentType) ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    "content-security-policy": "sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=3600",
  });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}
