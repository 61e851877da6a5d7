import { EmendError } from "../../src/errors/EmendError.ts";
import type { Picture } from "./Picture.ts";
import { sharp } from "./sharp.ts";
import { sniffFormat } from "./sniffFormat.ts";

export interface DecodeLimits {
  /** Largest width × height. */
  readonly maxPixels: number;
  /** Largest file. */
  readonly maxBytes: number;
}

/** Decoding 25 megapixels takes about a second; a file that needs this long was made to. */
const timeoutSeconds = 20;
const readFormats: ReadonlySet<string | undefined> = new Set(["PNG", "JPEG", "WebP"]);

/**
 * Reads an untrusted PNG, JPEG or still WebP file. The header is checked before any pixel is decoded. The result is
 * upright (EXIF orientation applied), 8-bit sRGB (ICC profile, CMYK and 16 bits converted), without alpha (laid over
 * white), and without metadata.
 * @throws EmendError `image_too_large` or `bad_image`, one line that says what is wrong and what would do
 */
export async function decodePicture(bytes: Uint8Array, limits: DecodeLimits): Promise<Picture> {
  if (bytes.length === 0) throw bad("the file is empty; send a PNG, JPEG or WebP picture.");
  if (bytes.length > limits.maxBytes) {
    const [size, most] = [bytes.length, limits.maxBytes].map((count) => `${(count / 2 ** 20).toFixed(1)} MiB`);
    throw new EmendError("image_too_large", `the file has ${size}, more than the limit of ${most}; make it smaller.`);
  }
  const format = sniffFormat(bytes);
  if (!readFormats.has(format)) {
    const found = format ? `is a ${format} file` : "is not a picture";
    throw bad(`the file ${found}; send a PNG, JPEG or WebP picture.`);
  }

  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error) => {
      throw bad(`the ${format} file is damaged; save it again and retry.`, error);
    });
  if (header.width * header.height > limits.maxPixels) {
    const most = `${(limits.maxPixels / 1e6).toFixed(1)} megapixels`;
    const size = `${header.width} × ${header.height} pixels`;
    throw new EmendError(
      "image_too_large",
      `the picture has ${size}, more than the limit of ${most}; make it smaller.`,
    );
  }
  if ((header.pages ?? 1) > 1) throw bad(`the ${format} file is animated; send a still picture.`);

  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: "warning" })
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`);
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (error) {
    throw bad(`the ${format} file is damaged or cut off; save it again and retry.`, error);
  }
}

const bad = (message: string, cause?: unknown) => new EmendError("bad_image", message, { cause });
