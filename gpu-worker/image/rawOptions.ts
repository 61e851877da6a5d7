import type { Picture } from "./Picture.ts";

/** How sharp is told to take a picture's pixels. */
export const rawOptions = ({ width, height }: Picture) => ({ raw: { width, height, channels: 3 as const } });
