/** Pixels; `right` and `bottom` are the first ones outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pieces of a frame that are at most this many pixels apart belong together: a drawn line may have gaps. */
const gap = 2;

/**
 * The box of a drawn frame: that of the largest connected piece.
 * @param marked one byte per pixel, non-zero where something was drawn
 * @returns undefined when nothing was drawn
 */
export function frameBox(marked: Uint8Array, width: number): Box | undefined {
  const height = marked.length / width;
  const seen = new Uint8Array(marked.length);
  let best: Box | undefined;
  let most = 0;
  for (let start = 0; start < marked.length; start++) {
    if (!marked[start] || seen[start]) continue;
    seen[start] = 1;
    const piece = [start];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let at = 0; at < piece.length; at++) {
      const [x, y] = [piece[at]! % width, Math.floor(piece[at]! / width)];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
      for (let v = Math.max(0, y - gap - 1); v <= Math.min(height - 1, y + gap + 1); v++) {
        for (let u = Math.max(0, x - gap - 1); u <= Math.min(width - 1, x + gap + 1); u++) {
          const next = v * width + u;
          if (!marked[next] || seen[next]) continue;
          seen[next] = 1;
          piece.push(next);
        }
      }
    }
    if (piece.length > most) [best, most] = [{ left, top, right, bottom }, piece.length];
  }
  return best;
}
