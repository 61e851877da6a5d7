import { EmendError } from "../../errors/EmendError.ts";
import { PictureProblem } from "../../images/PictureProblem.ts";
import { Refusal } from "../Refusal.ts";
import { isAllowedPictureUrl } from "./isAllowedPictureUrl.ts";

/** Time for the whole file. Milliseconds. */
const DOWNLOAD_MS = 20_000;

export interface DownloadLimits {
  readonly maxBytes: number;
  /** DISCORD_CDN_URL, when the bot does not talk to Discord itself. */
  readonly cdnBase?: string | undefined;
  readonly timeoutMs?: number;
}

/**
 * Fetches an upload. Counts bytes as they come, whatever the server announces, and stops at the limit.
 * @throws Refusal `download_failed` for a foreign address, EmendError `download_failed`, PictureProblem
 */
export async function downloadPicture(url: string, limits: DownloadLimits): Promise<Uint8Array> {
  const { maxBytes, cdnBase, timeoutMs = DOWNLOAD_MS } = limits;
  if (!isAllowedPictureUrl(url, cdnBase)) throw new Refusal("forbidden", (texts) => texts.problems.foreignPicture);
  try {
    const response = await fetch(url, {
      redirect: "error",
      headers: { "accept-encoding": "identity" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    }
    return await readUpTo(response.body, maxBytes);
  } catch (cause) {
    if (cause instanceof EmendError) throw cause;
    throw new EmendError("download_failed", "the picture could not be downloaded", { cause });
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the download.
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) throw new PictureProblem({ kind: "too-many-bytes", maxBytes });
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
