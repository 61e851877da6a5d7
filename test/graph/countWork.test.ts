import { expect, it } from "vitest";
import { countWork } from "../../gpu-worker/graph/countWork.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { measureSpeed } from "../../gpu-worker/graph/measureSpeed.ts";
import { attention } from "../../gpu-worker/graph/ops/attention.ts";
import { conv2d } from "../../gpu-worker/graph/ops/conv2d.ts";
import { matMul } from "../../gpu-worker/graph/ops/matMul.ts";

it("counts a convolution's, a product's and attention's multiplications", () => {
  const graph = new Graph();
  const weight = graph.input("weight", [6, 4, 3, 3]);
  conv2d(graph, graph.input("x", [2, 4, 8, 10]), weight, undefined, { padding: 1, stride: 2 });
  const convolution = 2 * 6 * 4 * 5 * (4 * 3 * 3);
  expect(countWork(graph)).toBe(convolution);
  matMul(graph, graph.input("a", [3, 5, 7]), graph.input("b", [3, 11, 7]), { transB: true });
  const product = 3 * 5 * 7 * 11;
  expect(countWork(graph)).toBe(convolution + product);
  const [q, k, v] = [graph.input("q", [1, 20, 8]), graph.input("k", [1, 30, 8]), graph.input("v", [1, 30, 8])];
  attention(graph, q, k, v, { heads: 2 });
  expect(countWork(graph)).toBe(convolution + product + 2 * 20 * 30 * 8);
});

it("measures how many of them the machine does", async () => {
  const speed = await measureSpeed({ device: "cpu", threads: 1 });
  expect(speed).toBeGreaterThan(1e7);
  expect(speed).toBeLessThan(1e15);
});
