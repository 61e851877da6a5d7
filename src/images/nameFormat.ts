const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** Starts of files that people take for pictures, and that we do not read. */
const starts: readonly [RegExp, string][] = [
  [/^GIF8/, "GIF"],
  [/^(II\*\0|MM\0\*)/, "TIFF"],
  [/^BM/, "BMP"],
  [/^%PDF/, "PDF"],
  [/^....ftyp(hei[cx]|mif1|msf1)/s, "HEIC"],
  [/^....ftypavi[fs]/s, "AVIF"],
  [/^....ftyp/s, "MP4"],
  // Not an exact grammar of what may stand before <svg: nested repetition takes for ever on a file made for it.
  [/^\s*<(?:svg|(?:\?xml|!--|!DOCTYPE)(?=.*<svg[\s>]))/is, "SVG"],
];

/** The format's name, to say what the file is instead; undefined when it looks like no picture at all. */
export function nameFormat(bytes: Uint8Array): string | undefined {
  const start = ascii(bytes, 0, 1_024);
  return starts.find(([pattern]) => pattern.test(start))?.[1];
}
