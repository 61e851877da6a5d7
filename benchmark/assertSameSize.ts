import type { Picture } from "../gpu-worker/image/Picture.ts";

/** @throws RangeError when a picture differs in size from the first */
export function assertSameSize(first: Picture, ...others: readonly Picture[]): void {
  for (const picture of others) {
    if (picture.width !== first.width || picture.height !== first.height) {
      throw new RangeError(
        `pictures differ in size: ${picture.width}×${picture.height}, ${first.width}×${first.height}`,
      );
    }
  }
}
