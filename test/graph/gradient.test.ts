import { describe, expect, it } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { gradient } from "../../gpu-worker/graph/gradient.ts";
import { add, div, mul, sub } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { attention } from "../../gpu-worker/graph/ops/attention.ts";
import { concat } from "../../gpu-worker/graph/ops/concat.ts";
import { conv2d } from "../../gpu-worker/graph/ops/conv2d.ts";
import { gelu } from "../../gpu-worker/graph/ops/gelu.ts";
import { groupNorm } from "../../gpu-worker/graph/ops/groupNorm.ts";
import { layerNorm } from "../../gpu-worker/graph/ops/layerNorm.ts";
import { linear } from "../../gpu-worker/graph/ops/linear.ts";
import { matMul } from "../../gpu-worker/graph/ops/matMul.ts";
import { pad } from "../../gpu-worker/graph/ops/pad.ts";
import { quickGelu, silu } from "../../gpu-worker/graph/ops/quickGelu.ts";
import { reshape } from "../../gpu-worker/graph/ops/reshape.ts";
import { slice } from "../../gpu-worker/graph/ops/slice.ts";
import { softmax } from "../../gpu-worker/graph/ops/softmax.ts";
import { sum } from "../../gpu-worker/graph/ops/sum.ts";
import { transpose } from "../../gpu-worker/graph/ops/transpose.ts";
import { cos, relu, sigmoid, sin, sqrt, tanh } from "../../gpu-worker/graph/ops/unary.ts";
import { upsampleNearest } from "../../gpu-worker/graph/ops/upsampleNearest.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import type { Value } from "../../gpu-worker/graph/Value.ts";
import { wave } from "./evaluate.ts";

type Build = (graph: Graph, ...values: Value[]) => Value;

/**
 * Compares the gradient by each of the inputs named in `by` (default: all) with a central difference of the loss
 * Σ w y along one direction. Steps of 10⁻² leave a few 10⁻⁴ of truncation and rounding in float32.
 */
async function expectGradient(shapes: readonly (readonly number[])[], build: Build, by = shapes.map((_, i) => i)) {
  const graph = new Graph();
  const inputs = shapes.map((dims, i) => graph.input(`x${i}`, dims));
  const y = build(graph, ...inputs);
  const weights = graph.constant(Float32Array.from(wave(y.dims, 3).data), y.dims);
  const loss = sum(
    graph,
    mul(graph, y, weights),
    y.dims.map((_, axis) => axis),
  );
  graph.output("y", y);
  for (const [i, value] of gradient(
    graph,
    loss,
    by.map((i) => inputs[i]!),
  ).entries()) {
    expect(value.dims).toEqual(shapes[by[i]!]);
    graph.output(`dx${by[i]}`, value);
  }
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  const feeds = Object.fromEntries(shapes.map((dims, i) => [`x${i}`, Float32Array.from(wave(dims, i + 0.4).data)]));
  const w = wave(y.dims, 3).data;
  const results = await session.run(feeds);
  for (const i of by) {
    const direction = wave(shapes[i]!, 7).data;
    const at = async (step: number) => {
      const moved = feeds[`x${i}`]!.map((value, j) => value + step * direction[j]!);
      const { data } = (await session.run({ ...feeds, [`x${i}`]: moved })).y!;
      return w.reduce((total, weight, j) => total + weight * data[j]!, 0);
    };
    const step = 1e-2;
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    const computed = direction.reduce((total, d, j) => total + d * results[`dx${i}`]!.data[j]!, 0);
    const size = Math.hypot(...results[`dx${i}`]!.data) * Math.hypot(...direction);
    expect(size, `x${i}`).toBeGreaterThan(0.01);
    expect(Math.abs(measured - computed) / size, `x${i}: ${measured} and ${computed}`).toBeLessThan(5e-4);
  }
  await session.release();
}

describe("gradient rules agree with finite differences", () => {
  it.each<[string, readonly (readonly number[])[], Build, number[]?]>([
    [
      "add, broadcast",
      [
        [2, 3, 4],
        [3, 1],
      ],
      add,
    ],
    ["sub, broadcast to a higher rank", [[4], [2, 3, 4]], sub],
    [
      "mul, broadcast",
      [
        [2, 1, 4],
        [3, 1],
      ],
      mul,
    ],
    [
      "div",
      [
        [2, 3],
        [2, 3],
      ],
      (graph, a, b) => div(graph, a, add(graph, b, 3)),
    ],
    ["a value used twice", [[2, 3]], (graph, x) => mul(graph, x, add(graph, x, x))],
    ["sigmoid", [[2, 5]], sigmoid],
    ["tanh", [[2, 5]], tanh],
    ["relu", [[2, 5]], relu],
    ["sin", [[2, 5]], sin],
    ["cos", [[2, 5]], cos],
    ["sqrt", [[2, 5]], (graph, x) => sqrt(graph, add(graph, x, 2))],
    ["silu", [[2, 5]], silu],
    ["quickGelu", [[2, 5]], quickGelu],
    ["gelu", [[2, 5]], gelu],
    ["softmax", [[2, 3, 5]], softmax],
    ["sum", [[2, 3, 4]], (graph, x) => mul(graph, sum(graph, x, [0, -1]), x)],
    ["reshape and transpose", [[2, 3, 4]], (graph, x) => transpose(graph, reshape(graph, x, [4, 2, 3]), [2, 0, 1])],
    ["slice", [[2, 5, 3]], (graph, x) => slice(graph, x, 1, 1, 4)],
    [
      "concat",
      [
        [2, 1, 3],
        [2, 2, 3],
      ],
      (graph, a, b) => concat(graph, [a, b, a], 1),
    ],
    ["pad", [[1, 2, 3, 3]], (graph, x) => pad(graph, x, { top: 1, left: 0, bottom: 2, right: 1 })],
    [
      "matMul",
      [
        [3, 4],
        [4, 5],
      ],
      (graph, a, b) => matMul(graph, a, b),
    ],
    [
      "matMul, left transposed",
      [
        [4, 3],
        [4, 5],
      ],
      (graph, a, b) => matMul(graph, a, b, { transA: true }),
    ],
    [
      "matMul, right transposed",
      [
        [3, 4],
        [5, 4],
      ],
      (graph, a, b) => matMul(graph, a, b, { transB: true }),
    ],
    [
      "matMul, both transposed",
      [
        [4, 3],
        [5, 4],
      ],
      (graph, a, b) => matMul(graph, a, b, { transA: true, transB: true }),
    ],
    [
      "matMul of stacks",
      [
        [2, 1, 3, 4],
        [3, 5, 4],
      ],
      (graph, a, b) => matMul(graph, a, b, { transB: true }),
    ],
    [
      "matMul of stacks, left transposed",
      [
        [2, 4, 3],
        [4, 5],
      ],
      (graph, a, b) => matMul(graph, a, b, { transA: true }),
    ],
    ["matMul with a bias", [[3, 4], [4, 5], [5]], (graph, a, b, bias) => matMul(graph, a, b, { bias })],
    ["linear", [[2, 3, 4], [5, 4], [5]], linear],
    ["layerNorm", [[2, 3, 6], [6], [6]], (graph, x, scale, bias) => layerNorm(graph, x, scale, bias, 1e-5)],
    [
      "groupNorm",
      [[2, 6, 3, 3], [6], [6]],
      (graph, x, scale, bias) => groupNorm(graph, x, scale, bias, { groups: 2, epsilon: 1e-5 }),
    ],
    [
      "groupNorm with a scale for each sample",
      [
        [2, 6, 3, 3],
        [2, 6],
        [2, 6],
      ],
      (graph, x, scale, bias) => groupNorm(graph, x, scale, bias, { groups: 3, epsilon: 1e-5 }),
    ],
    [
      "attention",
      [
        [2, 5, 8],
        [2, 7, 8],
        [2, 7, 8],
      ],
      (graph, q, k, v) => attention(graph, q, k, v, { heads: 2 }),
    ],
    ["attention to itself", [[1, 6, 8]], (graph, x) => attention(graph, x, x, x, { heads: 4 })],
    [
      "conv2d",
      [
        [2, 3, 5, 6],
        [4, 3, 3, 3],
      ],
      (graph, x, w) => conv2d(graph, x, w, undefined, { padding: 1 }),
      [0],
    ],
    [
      "conv2d of 1 × 1",
      [
        [1, 3, 4, 4],
        [5, 3, 1, 1],
      ],
      (graph, x, w) => conv2d(graph, x, w, undefined),
      [0],
    ],
    [
      "conv2d with a stride, even side",
      [
        [1, 3, 6, 8],
        [4, 3, 3, 3],
      ],
      (graph, x, w) => conv2d(graph, x, w, undefined, { stride: 2, padding: 1 }),
      [0],
    ],
    [
      "conv2d with a stride, odd side",
      [
        [1, 3, 7, 5],
        [4, 3, 3, 3],
      ],
      (graph, x, w) => conv2d(graph, x, w, undefined, { stride: 2, padding: 1 }),
      [0],
    ],
    [
      "conv2d padded below and at the right alone",
      [
        [1, 3, 6, 8],
        [4, 3, 3, 3],
      ],
      (graph, x, w) => conv2d(graph, x, w, undefined, { stride: 2, padding: [0, 0, 1, 1] }),
      [0],
    ],
    ["upsampleNearest, twice", [[1, 2, 3, 4]], (graph, x) => upsampleNearest(graph, x, [6, 8])],
    ["upsampleNearest, unevenly", [[1, 2, 3, 4]], (graph, x) => upsampleNearest(graph, x, [5, 9])],
  ])("%s", async (_, shapes, build, by) => {
    await expectGradient(shapes, build, by);
  });

  it("attention in chunks of queries", async () => {
    // 2 heads × 2100 × 4100 scores are more than one chunk of 64 MiB
    await expectGradient(
      [
        [1, 2100, 8],
        [1, 4100, 8],
        [1, 4100, 8],
      ],
      (graph, q, k, v) => attention(graph, q, k, v, { heads: 2 }),
    );
  });
});
