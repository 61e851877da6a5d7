import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { channelBlock } from "../../gpu-worker/graph/convolutions/channelBlock.ts";
import { chooseLayout } from "../../gpu-worker/graph/convolutions/chooseLayout.ts";
import { packConvolutions } from "../../gpu-worker/graph/convolutions/packConvolutions.ts";
import { type WinogradTile, winogradMatrices } from "../../gpu-worker/graph/convolutions/winogradMatrices.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { conv2d } from "../../gpu-worker/graph/ops/conv2d.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import { relativeError } from "../models/golden.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-pack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const waves = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * step + 1));

interface Shape {
  readonly n?: number;
  readonly channels: number;
  readonly out: number;
  readonly height: number;
  readonly width: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly bias?: boolean;
}

/** One convolution of x. */
function build({ n = 1, channels, out, height, width, kernel = 3, stride = 1, bias = true }: Shape): Graph {
  const graph = new Graph();
  const weights = new Uint8Array(waves(out * channels * kernel ** 2, 0.71).buffer);
  const weight = graph.initializer("weight", [out, channels, kernel, kernel], weights);
  const x = graph.input("x", [n, channels, height, width]);
  const own = bias ? graph.constant(waves(out, 1)) : undefined;
  const y = conv2d(graph, x, weight, own, { stride, padding: kernel >> 1 });
  graph.output("y", y);
  return graph;
}

async function run(graph: Graph): Promise<Record<string, Float32Array>> {
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  try {
    const results = await session.run({ x: waves(sizeOf(graph.inputs.get("x")!.dims), 0.37) });
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data]));
  } finally {
    await session.release();
  }
}

/** Of the files that were made. */
const endings = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes(sep) && !path.endsWith("sources.json"))
    .map((path) => path.split(".").at(-1));

describe("winogradMatrices", () => {
  it.each([2, 4] as WinogradTile[])("convolves any tile with any kernel, m = %i", (m) => {
    const { image, kernel, result } = winogradMatrices(m);
    const side = m + 2;
    const apply = ({ rows, columns, data }: typeof image, x: readonly number[]) =>
      Array.from({ length: rows }, (_, i) => x.reduce((total, value, j) => total + data[i * columns + j]! * value, 0));
    const numbers = (length: number) =>
      fc.array(fc.integer({ min: -8, max: 8 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(numbers(side ** 2), numbers(9), (d, g) => {
        const u = apply(kernel, g);
        const found = apply(
          result,
          apply(image, d).map((value, i) => value * u[i]!),
        );
        for (let y = 0; y < m; y++) {
          for (let x = 0; x < m; x++) {
            let right = 0;
            for (let i = 0; i < 9; i++) right += g[i]! * d[(y + Math.floor(i / 3)) * side + x + (i % 3)]!;
            expect(found[y * m + x]).toBeCloseTo(right, 2);
          }
        }
      }),
    );
  });
});

describe("packConvolutions", () => {
  const cases: [string, Shape, string][] = [
    ["F(4×4)", { channels: 64, out: 80, height: 32, width: 32 }, "winograd4"],
    [
      "F(4×4), three pictures, wide, without bias",
      { n: 3, channels: 64, out: 64, height: 16, width: 24, bias: false },
      "winograd4",
    ],
    ["F(2×2)", { channels: 80, out: 64, height: 16, width: 16 }, "winograd2"],
    [
      "F(2×2), two pictures whose side is no multiple of four",
      { n: 2, channels: 64, out: 64, height: 10, width: 14 },
      "winograd2",
    ],
  ];
  it.each(cases)("computes the same by %s", async (_, shape, layout) => {
    const expected = await run(build(shape));
    const graph = build(shape);
    await packConvolutions(graph, { folder });
    expect(endings()).toEqual([layout]);
    expect(graph.initializers.map(({ value }) => value.name)).not.toContain("weight");
    const found = await run(graph);
    expect(relativeError(found.y!, expected.y!)).toBeLessThan(layout === "winograd4" ? 5e-5 : 5e-6);
  });

  it("computes the same in blocks of channels, with any kernel and stride", async () => {
    const block = await channelBlock();
    if (block === undefined) return; // a processor for which onnxruntime has no such layout
    for (const shape of [
      { channels: 16, out: 32, height: 5, width: 7 },
      { n: 2, channels: 32, out: 16, height: 8, width: 8, stride: 2 },
      { channels: 48, out: 64, height: 6, width: 6, kernel: 1, bias: false },
    ]) {
      const expected = await run(build(shape));
      const graph = build(shape);
      await packConvolutions(graph, { folder });
      expect(graph.nodes.map(({ domain }) => domain)).toContain("com.microsoft.nchwc");
      expect(relativeError((await run(graph)).y!, expected.y!)).toBeLessThan(1e-5);
    }
    expect(endings()).toEqual([`blocked${block}`, `blocked${block}`, `blocked${block}`]);
  });

  it("leaves alone what gains nothing, to the bit", async () => {
    const shape = { channels: 3, out: 5, height: 32, width: 32 };
    const expected = await run(build(shape));
    const graph = build(shape);
    await packConvolutions(graph, { folder });
    expect(readdirSync(folder)).toEqual([]);
    expect((await run(graph)).y).toEqual(expected.y);
  });

  it("maps the file that is there, and writes a new one for a weight that has changed", async () => {
    const file = join(folder, "checkpoint");
    const write = (step: number, seconds: number) => {
      writeFileSync(file, waves(64 * 64 * 9, step));
      utimesSync(file, seconds, seconds);
    };
    const packed = async () => {
      const graph = new Graph();
      const weight = graph.initializer("weight", [64, 64, 3, 3], { file, offset: 0, length: 4 * 64 * 64 * 9 });
      graph.output("y", conv2d(graph, graph.input("x", [1, 64, 16, 16]), weight, undefined, { padding: 1 }));
      await packConvolutions(graph, { folder });
      return (await run(graph)).y!;
    };
    write(0.3, 1000);
    const first = await packed();
    expect(await packed()).toEqual(first);
    expect(endings().filter((ending) => ending === "winograd2").length).toBe(1);
    write(0.5, 2000);
    expect(await packed()).not.toEqual(first);
    expect(endings().filter((ending) => ending === "winograd2").length).toBe(2);
  });

  it("says what to do when there is no room for weights", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const graph = build({ channels: 64, out: 64, height: 16, width: 16 });
    await expect(packConvolutions(graph, { folder: join(file, "below") })).rejects.toThrow(
      /cannot write winograd2 weights to .*; free space there or set EMEND_HOME/,
    );
  });
});

describe("chooseLayout", () => {
  const node = (height: number, width: number, extra = {}) => ({
    ...{ opType: "Conv", domain: "" as const, inputs: [], outputs: [], dims: [[1, 320, height, width]] },
    type: "float32" as const,
    attributes: { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], ...extra },
  });

  it("takes large tiles for large pictures, small ones for smaller, and blocks below", () => {
    const kinds = [32, 16, 8].map((side) => chooseLayout(node(side, side), [320, 320, 3, 3], 16));
    expect(kinds).toEqual([
      { kind: "winograd", tile: 4 },
      { kind: "winograd", tile: 2 },
      { kind: "blocked", block: 16 },
    ]);
  });

  it.each([
    ["grouped ones", { group: 320 }, 32],
    ["those whose size is odd, where there are no blocks", {}, 33],
    ["those with a stride, where there are no blocks", { strides: [2, 2] }, 32],
  ])("leaves %s as they are", (_, extra, side) => {
    expect(chooseLayout(node(side, side, extra), [320, 320, 3, 3], undefined)).toBeUndefined();
  });
});
