import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { hasFastInt8 } from "../../gpu-worker/graph/hasFastInt8.ts";
import { linear } from "../../gpu-worker/graph/ops/linear.ts";
import { quantizeLinear } from "../../gpu-worker/graph/quantizeLinear.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { relativeError } from "../models/golden.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-int8-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const [rows, width, out] = [24, 64, 48];
const waves = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * step));
const x = waves(rows * width, 0.37);

/** Two layers on the same x, one with a bias on rows and one without on tokens; the first weight lies in a file. */
function build(scale = 1): Graph {
  const graph = new Graph();
  const bytes = new Uint8Array(waves(out * width, 0.71).map((value) => value * scale).buffer);
  const file = join(folder, `weights-${scale}`);
  writeFileSync(file, Buffer.concat([Buffer.alloc(3), bytes])); // at an odd place
  const first = graph.initializer("first", [out, width], { file, offset: 3, length: bytes.length });
  const second = graph.initializer("second", [out, width], new Uint8Array(waves(out * width, 0.13).buffer));
  const tokens = graph.input("x", [1, rows, width]);
  graph.output("a", linear(graph, tokens, first, graph.constant(waves(out, 1))));
  graph.output("b", linear(graph, tokens, second));
  return graph;
}

async function run(graph: Graph) {
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  const { a, b } = await session.run({ x });
  await session.release();
  return { a: a!.data, b: b!.data };
}

describe("quantizeLinear", () => {
  it("computes the same within a hundredth, with bias and without, from a file and from memory", async () => {
    const expected = await run(build());
    const graph = build();
    await quantizeLinear(graph, { wants: () => true, folder });
    expect(graph.nodes.filter(({ opType }) => opType === "DynamicQuantizeMatMul").length).toBe(2);
    expect(graph.initializers.map(({ value }) => value.name)).not.toContain("first");
    const found = await run(graph);
    for (const name of ["a", "b"] as const) {
      const error = relativeError(found[name], expected[name]);
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.01);
    }
  });

  it("leaves alone what is not wanted, to the bit", async () => {
    const expected = await run(build());
    const graph = build();
    await quantizeLinear(graph, { wants: (name) => name === "second", folder });
    const found = await run(graph);
    expect(found.a).toEqual(expected.a);
    expect(found.b).not.toEqual(expected.b);
    const untouched = build();
    await quantizeLinear(untouched, { wants: () => false, folder });
    expect(await run(untouched)).toEqual(expected);
  });

  it("writes the codes once, and anew for other weights", async () => {
    const codes = () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".int8"));
    const graph = build();
    await quantizeLinear(graph, { wants: () => true, folder });
    const first = codes();
    const again = build();
    // Written a second time, the file has another time.
    writeFileSync(join(folder, "weights-1"), Buffer.alloc(0), { flag: "a" });
    await quantizeLinear(again, { wants: () => true, folder });
    expect(first.length).toBe(1);
    const other = build(2);
    await quantizeLinear(other, { wants: () => true, folder });
    expect(codes().length).toBeGreaterThan(1);
    expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".part"))).toEqual(
      [],
    );
  });

  it("says in one line where the codes cannot be written", async () => {
    const blocked = join(folder, "a-file");
    writeFileSync(blocked, "");
    const refused = quantizeLinear(build(), { wants: () => true, folder: join(blocked, "weights") });
    await expect(refused).rejects.toMatchObject({
      code: "engine_failed",
      message: expect.stringMatching(/^cannot write int8 weights to .*; free space there or set EMEND_HOME$/),
    });
  });
});

it("knows by its features whether a processor is good at int8", () => {
  const told = (flags: string) => {
    writeFileSync(join(folder, "cpuinfo"), `processor : 0\nflags : fpu sse2 ${flags}\n`);
    return hasFastInt8(join(folder, "cpuinfo"));
  };
  expect(told("avx2 avx512_vnni")).toBe(true);
  expect(told("avx2 fma")).toBe(false);
  expect(hasFastInt8(join(folder, "nowhere"))).toBe(false);
});
