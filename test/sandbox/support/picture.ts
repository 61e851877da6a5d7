import sharp from "sharp";

/** A small one-coloured PNG. */
export async function picture(name = "boat.png", size = { width: 12, height: 8 }) {
  const bytes = await sharp({ create: { ...size, channels: 3, background: "#3366cc" } })
    .png()
    .toBuffer();
  return { name, bytes };
}
