import { describe, expect, it } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { add, div, mul, sub } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { attention } from "../../gpu-worker/graph/ops/attention.ts";
import { cast } from "../../gpu-worker/graph/ops/cast.ts";
import { concat } from "../../gpu-worker/graph/ops/concat.ts";
import { conv2d } from "../../gpu-worker/graph/ops/conv2d.ts";
import { gather } from "../../gpu-worker/graph/ops/gather.ts";
import { gelu } from "../../gpu-worker/graph/ops/gelu.ts";
import { groupNorm } from "../../gpu-worker/graph/ops/groupNorm.ts";
import { layerNorm } from "../../gpu-worker/graph/ops/layerNorm.ts";
import { linear } from "../../gpu-worker/graph/ops/linear.ts";
import { matMul } from "../../gpu-worker/graph/ops/matMul.ts";
import { pad } from "../../gpu-worker/graph/ops/pad.ts";
import { quickGelu, silu } from "../../gpu-worker/graph/ops/quickGelu.ts";
import { reshape } from "../../gpu-worker/graph/ops/reshape.ts";
import { slice, split } from "../../gpu-worker/graph/ops/slice.ts";
import { softmax } from "../../gpu-worker/graph/ops/softmax.ts";
import { transpose } from "../../gpu-worker/graph/ops/transpose.ts";
import { cos, relu, sigmoid, sin, tanh } from "../../gpu-worker/graph/ops/unary.ts";
import { upsampleNearest } from "../../gpu-worker/graph/ops/upsampleNearest.ts";
import { ShapeError } from "../../gpu-worker/graph/ShapeError.ts";
import { evaluate, expectClose, tensor, wave } from "./evaluate.ts";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

describe("elementwise ops", () => {
  const x = wave([2, 3]);
  it.each([
    ["silu", silu, (v: number) => v * logistic(v)],
    ["quickGelu", quickGelu, (v: number) => v * logistic(1.702 * v)],
    ["sigmoid", sigmoid, logistic],
    ["tanh", tanh, Math.tanh],
    ["relu", relu, (v: number) => Math.max(v, 0)],
    ["sin", sin, Math.sin],
    ["cos", cos, Math.cos],
  ])("%s", async (_, op, expected) => {
    expectClose(await evaluate([x], op), tensor([2, 3], x.data.map(expected)));
  });

  it("gelu is the exact one", async () => {
    // scipy: x * scipy.stats.norm.cdf(x)
    const y = await evaluate([tensor([3], [-1, 0.5, 2])], gelu);
    expectClose(y, tensor([3], [-0.15865525, 0.34573123, 1.95449974]));
  });

  it.each([
    ["add", add, [11, 22, 13, 24]],
    ["sub", sub, [-9, -18, -7, -16]],
    ["mul", mul, [10, 40, 30, 80]],
    ["div", div, [0.1, 0.1, 0.3, 0.2]],
  ] as const)("%s broadcasts", async (_, op, expected) => {
    const y = await evaluate([tensor([2, 2], [1, 2, 3, 4]), tensor([2], [10, 20])], op);
    expectClose(y, tensor([2, 2], expected));
  });

  it("takes numbers", async () => {
    expectClose(
      await evaluate([tensor([2], [1, 2])], (graph, v) => sub(graph, 1, mul(graph, v, 2))),
      tensor([2], [-1, -3]),
    );
  });

  it("refuses shapes that do not broadcast", () => {
    const graph = new Graph();
    expect(() => add(graph, graph.input("a", [2, 3]), graph.input("b", [2]))).toThrow(
      /add: a \[2, 3\] float32 and b \[2\]/,
    );
  });
});

describe("shape ops", () => {
  const x = tensor([2, 3], [1, 2, 3, 4, 5, 6]);

  it("reshape keeps the order", async () => {
    expectClose(await evaluate([x], (graph, v) => reshape(graph, v, [3, 2])), tensor([3, 2], x.data));
  });

  it("transpose swaps axes", async () => {
    expectClose(await evaluate([x], (graph, v) => transpose(graph, v, [1, 0])), tensor([3, 2], [1, 4, 2, 5, 3, 6]));
  });

  it("concat joins, split cuts, at negative axes, too", async () => {
    const y = await evaluate([x], (graph, v) => {
      const [left, right] = split(graph, v, -1, [1, 2]);
      return concat(graph, [right!, left!], -1);
    });
    expectClose(y, tensor([2, 3], [2, 3, 1, 5, 6, 4]));
  });

  it("slice takes a range", async () => {
    expectClose(await evaluate([x], (graph, v) => slice(graph, v, 1, 1, 3)), tensor([2, 2], [2, 3, 5, 6]));
  });

  it("pad puts zeros around", async () => {
    const y = await evaluate([tensor([1, 1, 1, 1], [7])], (graph, v) =>
      pad(graph, v, { top: 1, left: 0, bottom: 0, right: 2 }),
    );
    expectClose(y, tensor([1, 1, 2, 3], [0, 0, 0, 7, 0, 0]));
  });

  it("gather takes rows", async () => {
    const y = await evaluate([x], (graph, table) => gather(graph, table, graph.ints([1, 0, 1])));
    expectClose(y, tensor([3, 3], [4, 5, 6, 1, 2, 3, 4, 5, 6]));
  });

  it("cast keeps the values", async () => {
    const y = await evaluate([x], (graph, v) => cast(graph, cast(graph, v, "int64"), "float32"));
    expectClose(y, x);
  });

  it("upsampleNearest repeats pixels, also to sizes that are no multiple", async () => {
    const image = tensor([1, 1, 1, 2], [1, 2]);
    expectClose(
      await evaluate([image], (graph, v) => upsampleNearest(graph, v, [2, 4])),
      tensor([1, 1, 2, 4], [1, 1, 2, 2, 1, 1, 2, 2]),
    );
    expectClose(
      await evaluate([image], (graph, v) => upsampleNearest(graph, v, [1, 3])),
      tensor([1, 1, 1, 3], [1, 1, 2]),
    );
  });

  it.each<[string, (graph: Graph) => unknown]>([
    ["reshape", (graph) => reshape(graph, graph.input("x", [2, 3]), [4])],
    ["transpose", (graph) => transpose(graph, graph.input("x", [2, 3]), [0, 0])],
    ["concat", (graph) => concat(graph, [graph.input("x", [2, 3]), graph.input("y", [3, 3])], 1)],
    ["slice", (graph) => slice(graph, graph.input("x", [2, 3]), 1, 2, 4)],
    ["split", (graph) => split(graph, graph.input("x", [2, 3]), 1, [1, 1])],
    ["pad", (graph) => pad(graph, graph.input("x", [2]), { top: 1, left: 1, bottom: 1, right: 1 })],
    ["gather", (graph) => gather(graph, graph.input("x", [2, 3]), graph.input("i", [2]))],
    ["upsampleNearest", (graph) => upsampleNearest(graph, graph.input("x", [2, 3]), [4, 4])],
  ])("%s refuses what does not fit, and says its name", (name, build) => {
    expect(() => build(new Graph())).toThrow(ShapeError);
    expect(() => build(new Graph())).toThrow(new RegExp(`^${name}: .*\\[2`));
  });
});

describe("matrix ops", () => {
  const a = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const b = tensor([3, 2], [1, 0, 0, 1, 1, 1]);
  const product = [4, 5, 10, 11];

  it("matMul multiplies, adds a bias, and reads either side transposed", async () => {
    const bias = tensor([2], [100, 200]);
    const y = await evaluate([a, b, bias], (graph, l, r, c) => matMul(graph, l!, r!, { bias: c }));
    expectClose(y, tensor([2, 2], [104, 205, 110, 211]));
    const flipped = await evaluate([a, b], (graph, l, r) =>
      matMul(graph, transpose(graph, l!, [1, 0]), transpose(graph, r!, [1, 0]), { transA: true, transB: true }),
    );
    expectClose(flipped, tensor([2, 2], product));
  });

  it("matMul broadcasts leading axes", async () => {
    const batch = tensor([2, 2, 3], [...a.data, ...a.data.map((v) => 2 * v)]);
    const y = await evaluate([batch, b], (graph, l, r) => matMul(graph, l!, r!));
    expectClose(y, tensor([2, 2, 2], [...product, ...product.map((v) => 2 * v)]));
    const transposed = await evaluate([batch, b], (graph, l, r) =>
      matMul(graph, l!, transpose(graph, r!, [1, 0]), { transB: true }),
    );
    expectClose(transposed, y);
  });

  it("linear is x · Wᵀ + b on any number of axes", async () => {
    const weight = tensor([2, 3], [1, 0, 1, 0, 1, 1]);
    const x = tensor([1, 2, 3], a.data);
    expectClose(await evaluate([x, weight], (graph, v, w) => linear(graph, v!, w!)), tensor([1, 2, 2], product));
    const y = await evaluate([x, weight, tensor([2], [1, 2])], (graph, v, w, c) => linear(graph, v!, w!, c));
    expectClose(y, tensor([1, 2, 2], [5, 7, 11, 13]));
  });

  it("conv2d correlates, with stride and one-sided padding", async () => {
    const image = tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const kernel = tensor([1, 1, 2, 2], [1, 0, 0, 1]);
    const plain = await evaluate([image, kernel, tensor([1], [0.5])], (graph, v, w, c) => conv2d(graph, v!, w!, c));
    expectClose(plain, tensor([1, 1, 2, 2], [6.5, 8.5, 12.5, 14.5]));
    const padded = await evaluate([image, kernel], (graph, v, w) =>
      conv2d(graph, v!, w!, undefined, { stride: 2, padding: [0, 0, 1, 1] }),
    );
    expectClose(padded, tensor([1, 1, 2, 2], [6, 3, 7, 9]));
  });

  it.each<[string, (graph: Graph) => unknown]>([
    ["matMul", (graph) => matMul(graph, graph.input("x", [2, 3]), graph.input("w", [2, 3]))],
    ["linear", (graph) => linear(graph, graph.input("x", [2, 3]), graph.input("w", [3, 2]))],
    ["conv2d", (graph) => conv2d(graph, graph.input("x", [2, 3, 4, 4]), graph.input("w", [8, 4, 3, 3]), undefined)],
    ["conv2d", (graph) => conv2d(graph, graph.input("x", [2, 3, 2, 2]), graph.input("w", [8, 3, 3, 3]), undefined)],
    [
      "groupNorm",
      (graph) =>
        groupNorm(graph, graph.input("x", [2, 3, 4, 4]), graph.input("s", [3]), graph.input("b", [3]), {
          groups: 2,
          epsilon: 1,
        }),
    ],
    [
      "layerNorm",
      (graph) => layerNorm(graph, graph.input("x", [2, 3]), graph.input("s", [2]), graph.input("b", [3]), 1),
    ],
    [
      "attention",
      (graph) =>
        attention(graph, graph.input("x", [2, 3, 4]), graph.input("k", [2, 3, 8]), graph.input("v", [2, 3, 8]), {
          heads: 2,
        }),
    ],
    [
      "attention",
      (graph) =>
        attention(graph, graph.input("x", [2, 3, 4]), graph.input("k", [2, 3, 4]), graph.input("v", [2, 3, 4]), {
          heads: 3,
        }),
    ],
  ])("%s refuses what does not fit", (name, build) => {
    expect(() => build(new Graph())).toThrow(ShapeError);
    expect(() => build(new Graph())).toThrow(new RegExp(`^${name}: `));
  });
});

describe("norms and attention", () => {
  const normalised = (values: readonly number[], epsilon: number) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    return values.map((v) => (v - mean) / Math.sqrt(variance + epsilon));
  };

  it("groupNorm normalises each group over channels and pixels, then scales each channel", async () => {
    const x = wave([2, 4, 1, 3]);
    const [scale, bias] = [tensor([4], [1, 2, 3, 4]), tensor([4], [0.1, 0.2, 0.3, 0.4])];
    const y = await evaluate([x, scale, bias], (graph, v, s, b) =>
      groupNorm(graph, v!, s!, b!, { groups: 2, epsilon: 1e-3 }),
    );
    const groups = [0, 6, 12, 18].flatMap((start) => normalised(x.data.slice(start, start + 6), 1e-3));
    const expected = groups.map((v, i) => {
      const channel = Math.floor(i / 3) % 4;
      return v * scale.data[channel]! + bias.data[channel]!;
    });
    expectClose(y, tensor(x.dims, expected));
  });

  it("layerNorm normalises the last axis", async () => {
    const x = wave([2, 4]);
    const [scale, bias] = [tensor([4], [1, 2, 3, 4]), tensor([4], [0.1, 0.2, 0.3, 0.4])];
    const y = await evaluate([x, scale, bias], (graph, v, s, b) => layerNorm(graph, v!, s!, b!, 1e-3));
    const rows = [0, 4].flatMap((start) => normalised(x.data.slice(start, start + 4), 1e-3));
    expectClose(
      y,
      tensor(
        x.dims,
        rows.map((v, i) => v * scale.data[i % 4]! + bias.data[i % 4]!),
      ),
    );
  });

  it("softmax sums to one over the last axis", async () => {
    expectClose(
      await evaluate([tensor([2, 2], [0, Math.log(3), 5, 5])], softmax),
      tensor([2, 2], [0.25, 0.75, 0.5, 0.5]),
    );
  });

  it.each([
    ["attention", false, 3],
    ["causal attention", true, 3],
    ["attention to the first two of three tokens", false, 2],
  ])("%s mixes values by the softmax of scaled scores, per head", async (_, causal, length) => {
    const [heads, width, tokens] = [2, 2, 3];
    const [q, k, v] = [1, 2, 3].map((phase) => wave([1, tokens, heads * width], phase)) as [
      ReturnType<typeof wave>,
      ReturnType<typeof wave>,
      ReturnType<typeof wave>,
    ];
    const at = (x: { data: readonly number[] }, token: number, head: number, i: number) =>
      x.data[token * heads * width + head * width + i]!;
    const range = (n: number) => Array.from({ length: n }, (_, i) => i);
    const expected = range(tokens).flatMap((token) =>
      range(heads).flatMap((head) => {
        const seen = range(causal ? token + 1 : length);
        const powers = seen.map((other) =>
          Math.exp(
            range(width).reduce((sum, i) => sum + at(q, token, head, i) * at(k, other, head, i), 0) / Math.sqrt(width),
          ),
        );
        const total = powers.reduce((sum, power) => sum + power, 0);
        return range(width).map((i) =>
          seen.reduce((sum, other) => sum + (powers[other]! / total) * at(v, other, head, i), 0),
        );
      }),
    );
    const y = await evaluate([q, k, v], (graph, a, b, c) => {
      const lengths = length < tokens ? { lengths: cast(graph, graph.ints([length]), "int32") } : {};
      return attention(graph, a!, b!, c!, { heads, causal, ...lengths });
    });
    expectClose(y, tensor(q.dims, expected));
  });
});
