import { nameFormat } from "../../src/images/nameFormat.ts";

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What a file is by its first bytes (its name and the sender's word count for nothing), to name it in a message. */
export function sniffFormat(bytes: Uint8Array): string | undefined {
  const start = ascii(bytes, 0, 4);
  if (start === "\x89PNG") return "PNG";
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (start === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "WebP";
  return nameFormat(bytes);
}
