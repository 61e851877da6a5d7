import { open } from "node:fs/promises";
import { join } from "node:path";

/** Cards begin with their metadata; what follows may be long. */
const maxBytes = 64 * 1024;

/**
 * The licence that a model's card (README.md) names in its metadata: an SPDX name, or what the authors call theirs.
 * @returns undefined when there is no card, or it names none
 */
export async function readLicence(folder: string): Promise<string | undefined> {
  let text: string;
  try {
    await using file = await open(join(folder, "README.md"));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    text = buffer.toString("utf8", 0, bytesRead);
  } catch {
    return undefined;
  }
  const metadata = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (metadata === undefined) return undefined;
  const value = (key: string) =>
    new RegExp(`^${key}:[ \\t]*(?:\\r?\\n[ \\t]*-[ \\t]*)?["']?([^"'\\r\\n]+?)["']?[ \\t]*$`, "m").exec(metadata)?.[1];
  const named = value("license");
  const licence = named === "other" ? (value("license_name") ?? value("license_link") ?? named) : named;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: cards come from strangers and go to a terminal
  return licence?.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "").slice(0, 100);
}
