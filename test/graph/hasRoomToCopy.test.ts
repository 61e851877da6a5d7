import { expect, it } from "vitest";
import { hasRoomToCopy } from "../../gpu-worker/graph/hasRoomToCopy.ts";

it("weights are copied where the machine has four times their size, whatever is free just now", () => {
  const sd15 = 3_440_000_000;
  expect(hasRoomToCopy(sd15, 16e9)).toBe(true);
  expect(hasRoomToCopy(sd15, 8e9)).toBe(false);
  expect(hasRoomToCopy(1, undefined)).toBe(true);
});
