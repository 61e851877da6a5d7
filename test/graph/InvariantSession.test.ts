import { afterEach, describe, expect, it, vi } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { InvariantSession } from "../../gpu-worker/graph/InvariantSession.ts";
import { add, mul } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { linear } from "../../gpu-worker/graph/ops/linear.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { splitInvariant } from "../../gpu-worker/graph/splitInvariant.ts";

const options = { device: "cpu", threads: 1 } as const;
const waves = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * step));

/** y = W(x) + 2 · V(text), z = V(text) */
function build(): Graph {
  const graph = new Graph();
  const weight = (name: string, step: number) =>
    graph.initializer(name, [3, 4], new Uint8Array(waves(12, step).buffer));
  const value = linear(graph, graph.input("text", [1, 4]), weight("V", 0.7));
  const own = linear(graph, graph.input("x", [1, 4]), weight("W", 0.3));
  graph.output("y", add(graph, own, mul(graph, value, 2)));
  graph.output("z", value);
  return graph;
}

const feeds = (x: number, text: number) => ({ x: waves(4, x), text: waves(4, text) });

afterEach(() => {
  vi.restoreAllMocks();
});

describe("splitInvariant", () => {
  it("takes out what depends on the named inputs alone, with its constants", () => {
    const graph = build();
    const invariant = splitInvariant(graph, ["text"])!;
    expect([...invariant.inputs.keys()]).toEqual(["text"]);
    expect(invariant.initializers.map(({ value }) => value.name)).toContain("V");
    expect([...graph.inputs.keys()]).toEqual(["x", ...invariant.outputs.keys()]);
    expect(graph.initializers.map(({ value }) => value.name)).toEqual(["W"]);
  });

  it.each([[["x", "text"]], [[]], [["nothing"]]])("leaves no input out and no output: %j", async (names) => {
    const [plain, graph] = [build(), build()];
    const session = await InvariantSession.create(graph, names, options);
    const expected = await Session.create(plain, options);
    expect(await session.run(feeds(1, 2))).toEqual(await expected.run(feeds(1, 2)));
    await Promise.all([session.release(), expected.release()]);
  });

  it("leaves a graph alone of which nothing stays the same", () => {
    const graph = build();
    expect(splitInvariant(graph, [])).toBeUndefined();
    expect(graph).toEqual(build());
  });
});

describe("InvariantSession", () => {
  it("gives what a plain session gives, and computes anew only what changed", async () => {
    const plain = await Session.create(build(), options);
    const session = await InvariantSession.create(build(), ["text"], options);
    expect(session).toBeInstanceOf(InvariantSession);
    const texts = [1, 2, 3, 1, 2, 3, 4, 5, 1];
    const expected = [];
    for (const [i, text] of texts.entries()) expected.push(await plain.run(feeds(i, text)));
    const runs = vi.spyOn(Session.prototype, "run");
    for (const [i, text] of texts.entries()) expect(await session.run(feeds(i, text))).toEqual(expected[i]);
    // Four texts are kept: 1 has gone when 5 came.
    expect(runs).toHaveBeenCalledTimes(texts.length + 6);
    await Promise.all([plain.release(), session.release()]);
  });

  it("sees that an array was changed in place", async () => {
    const session = await InvariantSession.create(build(), ["text"], options);
    const given = feeds(1, 1);
    const before = await session.run(given);
    given.text[0] = 9;
    expect((await session.run(given)).z).not.toEqual(before.z);
    await session.release();
  });
});
