const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What a file is by its first bytes (its name and the sender's word count for nothing), to name it in a message. */
export function sniffFormat(bytes: Uint8Array): string | undefined {
  const start = ascii(bytes, 0, 4);
  if (start === "\x89PNG") return "PNG";
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (start === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "WebP";
  if (start === "GIF8") return "GIF";
  if (start === "II*\0" || start === "MM\0*") return "TIFF";
  if (start.startsWith("BM")) return "BMP";
  if (start === "%PDF") return "PDF";
  if (ascii(bytes, 4, 8) === "ftyp") return /heic|heix|mif1|msf1/.test(ascii(bytes, 8, 12)) ? "HEIC" : "AVIF or video";
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg/is.test(ascii(bytes, 0, 1024))) return "SVG";
  return undefined;
}
