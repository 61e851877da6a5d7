import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { add, mul } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { linear } from "../../gpu-worker/graph/ops/linear.ts";
import { silu } from "../../gpu-worker/graph/ops/quickGelu.ts";
import { sum } from "../../gpu-worker/graph/ops/sum.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";

const cpu = { device: "cpu", threads: 1 } as const;

describe("Session", () => {
  it("runs a graph and gives its outputs by name", async () => {
    const graph = new Graph();
    const x = graph.input("x", [2]);
    const sum = add(graph, x, 1);
    graph.output("sum", sum);
    graph.output("same", sum);
    graph.output("twice", mul(graph, x, 2));
    const session = await Session.create(graph, cpu);
    const { sum: y, same, twice } = await session.run({ x: Float32Array.of(1, 2) });
    expect([...y!.data]).toEqual([2, 3]);
    expect([...same!.data]).toEqual([2, 3]);
    expect(twice).toEqual({ dims: [2], data: Float32Array.of(2, 4) });
    await session.release();
  });

  it("uses weights that lie inside files, in different folders and at odd places", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "emend-session-")));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const place = (name: string, values: number[]) => {
      mkdirSync(join(folder, name));
      const file = join(folder, name, "weights.bin");
      writeFileSync(file, Buffer.concat([Buffer.from("odd"), Buffer.from(Float32Array.from(values).buffer)]));
      return { file, offset: 3, length: 4 * values.length };
    };
    const graph = new Graph();
    const weight = graph.initializer("w", [2, 2], place("a", [1, 2, 3, 4]));
    const bias = graph.initializer("b", [2], place("b", [10, 20]));
    graph.output("y", linear(graph, graph.input("x", [1, 2]), weight, bias));
    const session = await Session.create(graph, cpu);
    expect([...(await session.run({ x: Float32Array.of(1, 1) })).y!.data]).toEqual([13, 27]);
    await session.release();
  });

  it.runIf(process.platform === "linux")("gives working memory back where it is told to", async () => {
    const growth = async (returnsMemory: boolean) => {
      const graph = new Graph();
      const x = graph.input("x", [4000, 1]);
      const square = linear(graph, x, graph.constant(new Float32Array(4000).fill(1), [4000, 1])); // 64 MB
      graph.output("y", sum(graph, silu(graph, square), [0, 1]));
      const session = await Session.create(graph, { ...cpu, returnsMemory });
      const before = process.memoryUsage().rss;
      await session.run({ x: new Float32Array(4000) });
      const after = process.memoryUsage().rss;
      await session.release();
      return (after - before) / 1e6;
    };
    expect(await growth(false)).toBeGreaterThan(60);
    expect(await growth(true)).toBeLessThan(20);
  });

  it("refuses inputs that are missing or too short", async () => {
    const graph = new Graph();
    graph.output("y", silu(graph, graph.input("x", [2])));
    const session = await Session.create(graph, cpu);
    await expect(session.run({})).rejects.toThrow(/x \[2\] float32 was not given/);
    await expect(session.run({ x: Float32Array.of(1) })).rejects.toThrow(/was given 1 numbers/);
    await session.release();
  });

  it("reports a graph that onnxruntime refuses in one line", async () => {
    const graph = new Graph();
    graph.output("y", graph.node("NoSuchOp", [graph.input("x", [1])], [1]));
    await expect(Session.create(graph, cpu)).rejects.toMatchObject({
      code: "engine_failed",
      message: expect.stringMatching(/^could not prepare the model: [^\n]*NoSuchOp[^\n]*$/),
    });
  });
});

describe("Graph", () => {
  it("shares equal constants and remembers which ops were used", () => {
    const graph = new Graph();
    const x = graph.input("x", [1, 4, 2, 2]);
    const y = mul(graph, add(graph, x, 2), 2);
    silu(graph, y);
    expect(graph.initializers).toHaveLength(1);
    expect(graph.tape.map(({ op }) => op.name)).toEqual(["add", "mul", "quickGelu"]);
    expect(graph.tape[1]!.output).toBe(y);
  });

  it("refuses a second input or output of a name, and bytes that do not make the shape", () => {
    const graph = new Graph();
    const x = graph.input("x", [1]);
    graph.output("y", x);
    expect(() => graph.input("x", [1])).toThrow(/already has an input x/);
    expect(() => graph.output("y", x)).toThrow(/already has an output y/);
    expect(() => graph.initializer("w", [2], new Uint8Array(4))).toThrow(/4 bytes do not make \[2\] float32/);
  });
});
