import type { Box } from "./frameBox.ts";

const area = ({ left, top, right, bottom }: Box) => Math.max(0, right - left) * Math.max(0, bottom - top);

/** Intersection over union of two boxes; 0 for a box that was not found. */
export function boxIoU(found: Box | undefined, expected: Box): number {
  if (!found) return 0;
  const both = area({
    left: Math.max(found.left, expected.left),
    top: Math.max(found.top, expected.top),
    right: Math.min(found.right, expected.right),
    bottom: Math.min(found.bottom, expected.bottom),
  });
  return both / (area(found) + area(expected) - both);
}
