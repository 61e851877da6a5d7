import { expect, it } from "vitest";
import { affineMaps } from "../../gpu-worker/image/affineMaps.ts";
import { colorKernel } from "../../gpu-worker/image/colorKernel.ts";
import { exactColorRows } from "../../gpu-worker/image/exactColorRows.ts";
import { fastColorRows } from "../../gpu-worker/image/fastColorRows.ts";
import { paint } from "./pictures.ts";
import { randomNumbers } from "./randomNumbers.ts";

it("the kernel does what the formula says, for every pixel of its cells, and cuts at 0 and 255", () => {
  const next = randomNumbers(1);
  const [cells, cell, down] = [16, 8, 0.3];
  const memory = new WebAssembly.Memory({ initial: 1 });
  const [result, above, below] = [512, 1024, 2048];
  const pixels = new Uint8Array(memory.buffer, 0, 3 * cells * cell).map(() => next() * 256);
  new Uint8Array(memory.buffer).set(pixels);
  const rows = [above, below].map((at) => new Float32Array(memory.buffer, at, 12 * (cells + 1)));
  for (const row of rows) for (const i of row.keys()) row[i] = i % 12 < 9 ? 2 * next() - 0.8 : 700 * next() - 400;
  colorKernel(memory)(0, result, above, below, cells, cell / 4, 1 / cell, down);

  const map = (x: number, i: number) => {
    const at = (corner: number) => rows[0]![12 * corner + i]! * (1 - down) + rows[1]![12 * corner + i]! * down;
    const [left, share] = [Math.floor(x / cell), (x % cell) / cell];
    return at(left) * (1 - share) + at(left + 1) * share;
  };
  const made = new Uint8Array(memory.buffer, result, pixels.length);
  const cut = [0, 0];
  for (let x = 0; x < cells * cell; x++) {
    for (let o = 0; o < 3; o++) {
      const [r, g, b] = pixels.subarray(3 * x) as unknown as [number, number, number];
      const value = map(x, 3 * o) * r + map(x, 3 * o + 1) * g + map(x, 3 * o + 2) * b + map(x, 9 + o);
      if (value < 0) cut[0]!++;
      if (value > 255) cut[1]!++;
      expect(Math.abs(made[3 * x + o]! - Math.min(Math.max(value, 0), 255))).toBeLessThan(0.51);
    }
  }
  expect(Math.min(...cut)).toBeGreaterThan(5);
});

it.each([4, 8, 16, 32])("cells of %i pixels give nearly the colours of maps for every pixel", (cell) => {
  const next = randomNumbers(cell);
  const model = { width: 24, height: 16 };
  const before = paint(24, 16, () => [256 * next(), 256 * next(), 256 * next()]);
  const after = paint(24, 16, (x, y) => [200 - before.data[3 * (y * 24 + x)]! / 2, 8 * x, 8 * y]);
  const source = paint(24 * 2 * cell + 3, 16 * 2 * cell - 5, (x, y) => [x % 256, y % 256, (x * y) % 256]);
  const maps = affineMaps(before, after);
  const [exact, fast] = [exactColorRows(source, maps, model), fastColorRows(source, maps, model, cell)];
  let [sum, count] = [0, 0];
  // Up and down, so that rows of maps are taken again, and not from the left.
  for (const y of [0, 1, 100, 101, 30, source.height - 1, 99]) {
    const [start, end] = [y % 20, source.width - (y % 3)];
    const [a, b] = [exact.row(y, start, end), fast.row(y, start, end)];
    for (let i = 3 * start; i < 3 * end; i++) sum += Math.abs(a[i]! - b[i]!);
    count += 3 * (end - start);
  }
  expect(sum / count).toBeLessThan(2); // of 255
});
