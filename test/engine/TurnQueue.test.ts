import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { TurnQueue } from "../../gpu-worker/engine/TurnQueue.ts";

/** Tasks that end when they are told to, and a log of what began and ended. */
function stage() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => async () => {
    log.push(`${name}+`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    log.push(`${name}-`);
    return name;
  };
  const end = async (name: string) => {
    ends.get(name)!();
    await wait(1);
  };
  return { log, task, end };
}

describe("TurnQueue", () => {
  it("runs so many edits at once, the others in their order", async () => {
    const queue = new TurnQueue(2, 1);
    const { log, task, end } = stage();
    const all = ["a", "b", "c"].map((name) => queue.edit(task(name)));
    await wait(1);
    expect(log).toEqual(["a+", "b+"]);
    await end("b");
    expect(log).toEqual(["a+", "b+", "b-", "c+"]);
    await end("a");
    await end("c");
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  });

  it("runs alone what must be alone, and what comes later after it", async () => {
    const queue = new TurnQueue(4, 1);
    const { log, task, end } = stage();
    const all = [queue.edit(task("a")), queue.alone(task("x")), queue.edit(task("b"))];
    await wait(1);
    expect(log).toEqual(["a+"]);
    await end("a");
    expect(log).toEqual(["a+", "a-", "x+"]);
    await end("x");
    expect(log.at(-1)).toBe("b+");
    await end("b");
    await Promise.all(all);
  });

  it("lets a step of a training wait for all edits, and edits for one step", async () => {
    const queue = new TurnQueue(2, 1);
    const { log, task, end } = stage();
    const edits = [queue.edit(task("a")), queue.edit(task("b"))];
    const step = queue.step(task("s"));
    await end("a");
    await wait(20);
    expect(log).not.toContain("s+");
    await end("b");
    while (!log.includes("s+")) await wait(5);
    const late = queue.edit(task("c"));
    await wait(5);
    expect(log).not.toContain("c+");
    await end("s");
    expect(log.at(-1)).toBe("c+");
    await end("c");
    await Promise.all([...edits, step, late]);
  });

  it("goes on after a failure", async () => {
    const queue = new TurnQueue(1, 1);
    await expect(queue.edit(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await queue.edit(async () => 1)).toBe(1);
  });
});
