import { describe, expect, it, vi } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { add } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { LruCache } from "../../gpu-worker/models/LruCache.ts";
import { SessionCache } from "../../gpu-worker/models/SessionCache.ts";

const build = () => {
  const graph = new Graph();
  graph.output("y", add(graph, graph.input("x", [1]), 1));
  return graph;
};

describe("SessionCache", () => {
  it("builds a session once per key, and releases the one that was not used longest", async () => {
    const cache = new SessionCache({ device: "cpu", threads: 1 }, 2);
    const a = await cache.get("a", build);
    const released = vi.spyOn(a, "release");
    const b = await cache.get("b", build);
    const releasedB = vi.spyOn(b, "release");
    expect(await cache.get("a", build)).toBe(a);
    await cache.get("c", build);
    expect(releasedB).toHaveBeenCalledOnce();
    expect(released).not.toHaveBeenCalled();
    await cache.close();
    expect(released).toHaveBeenCalledOnce();
  });

  it("does not keep a session that could not be made", async () => {
    const cache = new SessionCache({ device: "cpu", threads: 1 }, 2);
    const broken = () => {
      const graph = new Graph();
      graph.output("y", graph.node("NoSuchOp", [graph.input("x", [1])], [1]));
      return graph;
    };
    await expect(cache.get("a", broken)).rejects.toMatchObject({ code: "engine_failed" });
    await expect(cache.get("a", build)).resolves.toBeDefined();
    await cache.close();
  });
});

describe("LruCache", () => {
  it("forgets the entry that was not asked for longest", () => {
    const cache = new LruCache<string, number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });
});
