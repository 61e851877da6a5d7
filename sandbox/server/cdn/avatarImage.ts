import sharp from "sharp";

const COLORS = ["#5865f2", "#757e8a", "#3ba55c", "#faa61a", "#ed4245", "#eb459e"];

/** A plain default avatar in one of Discord's six colours. */
export async function avatarImage(index: number): Promise<Buffer> {
  const color = COLORS[index % COLORS.length];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="${color}"/>
<circle cx="64" cy="52" r="22" fill="#fff"/><path d="M24 116a40 34 0 0 1 80 0z" fill="#fff"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
