/**
 * The pixels of a shape that are less than `thick` pixels away (in any direction) from what is not the shape; the
 * picture's edge is no outline. One byte per pixel, 0 or 1.
 */
export function outline(shape: Uint8Array, width: number, height: number, thick: number): Uint8Array {
  const result = new Uint8Array(shape.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (shape[y * width + x] && atBorder(x, y)) result[y * width + x] = 1;
    }
  }
  return result;

  function atBorder(x: number, y: number): boolean {
    for (let j = Math.max(0, y - thick); j <= Math.min(height - 1, y + thick); j++) {
      for (let i = Math.max(0, x - thick); i <= Math.min(width - 1, x + thick); i++) {
        if (!shape[j * width + i] && Math.abs(i - x) + Math.abs(j - y) <= thick) return true;
      }
    }
    return false;
  }
}
