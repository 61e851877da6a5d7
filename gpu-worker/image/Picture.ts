/** An 8-bit sRGB picture: `data[(y * width + x) * 3 + channel]`, rows from the top, no alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
