import { describe, expect, it } from "vitest";
import { expand, phrase } from "../../world/language/grammar.ts";
import { Random } from "../../world/random.ts";

describe("the instruction grammar", () => {
  it("chooses alternatives, also nested ones, and fills slots", () => {
    const texts = new Set<string>();
    for (let seed = 0; seed < 200; seed++)
      texts.add(expand("(draw|put (down|up)) <thing>", { thing: "x" }, new Random(seed)));
    expect(texts).toEqual(new Set(["draw x", "put down x", "put up x"]));
  });

  it("refuses a slot that is not given", () => {
    expect(() => expand("a <thing>", {}, new Random(1))).toThrow(RangeError);
  });

  it("keeps held-out templates from training and uses them about half the time in the benchmark", () => {
    const templates = { train: ["=seen <i>"], heldOut: ["=fresh <i>"] };
    const slots = { i: (random: Random) => String(random.int(1e6)) };
    const all = (heldOut: boolean) =>
      Array.from({ length: 200 }, (_, seed) =>
        phrase(templates, slots, new Random(seed), { heldOut, count: 4 }),
      ).flat();
    const fresh = (texts: string[]) => texts.filter((text) => /^f/i.test(text)).length / texts.length;
    expect(fresh(all(false))).toBe(0);
    expect(fresh(all(true))).toBeGreaterThan(0.4);
    expect(fresh(all(true))).toBeLessThan(0.6);
  });
});

describe("the generator", () => {
  it("gives the same numbers everywhere", () => {
    const random = new Random(42, 7);
    expect(Array.from({ length: 4 }, () => random.int(1000))).toMatchInlineSnapshot(`
      [
        422,
        631,
        217,
        466,
      ]
    `);
  });

  it("is even enough and tells seeds and streams apart", () => {
    const random = new Random(3);
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[random.int(10)]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    const firsts = [new Random(1), new Random(2), new Random(1, 1), new Random(2 ** 40 + 1)].map((each) => each.next());
    expect(new Set(firsts).size).toBe(4);
  });
});
