import { readdir, readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL("../../page/", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".json": "application/json",
};

/** Nothing from elsewhere, no inline script or style, no embedding: the page shows what strangers wrote. */
const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache",
};

/** Names such as `views/message.js`; no hidden files and no way out of the folder. */
const SAFE_PATH = /^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+\.[a-z]+$/;

/** Serves the page's own files and the example pictures; false when there is no such file. */
export async function serveStatic(response: ServerResponse, pathname: string): Promise<boolean> {
  const [folder, path] = pathname.startsWith("/examples/")
    ? [EXAMPLES, pathname.slice("/examples/".length)]
    : [PAGE, pathname === "/" ? "index.html" : pathname.replace(/^\/page\//, "")];
  const type = TYPES[extname(path)];
  if (!SAFE_PATH.test(path) || !type) return false;
  try {
    const bytes = await readFile(join(folder, path));
    response.writeHead(200, { ...HEADERS, "content-type": type, "content-length": bytes.length }).end(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Instructions that suit the pictures that come with emend. */
const SUGGESTIONS: [file: string, instruction: string][] = [
  ["house-park.png", "make it snow"],
  ["boat.png", "make the boat red"],
  ["cat-meadow.png", "turn it into a pencil sketch"],
  ["beach.png", "make it night"],
  ["reef.png", "make it a mosaic"],
];

/** Three example pictures with an instruction each, for people who are new here; fewer when the files are missing. */
export async function examples(): Promise<{ url: string; file: string; instruction: string }[]> {
  const present = await readdir(EXAMPLES).catch(() => [] as string[]);
  return SUGGESTIONS.filter(([file]) => present.includes(file))
    .slice(0, 3)
    .map(([file, instruction]) => ({ url: `/examples/${file}`, file, instruction }));
}
