import { describe, expect, it } from "vitest";
import { canName, captionOf, groupsIn, naming, namingGroup } from "../../world/language/describe.ts";
import { forSeveral, pluralOf } from "../../world/language/plural.ts";
import { Random } from "../../world/random.ts";
import { sampleScene } from "../../world/sampleScene.ts";
import type { Scene, SceneObject } from "../../world/scene.ts";

const thing = (kind: string, x: number, more: Partial<SceneObject> = {}): SceneObject => ({
  kind,
  color: "red",
  finish: "plain",
  x,
  y: 0.85,
  scale: 1,
  flipped: false,
  ...more,
});
const scene = (...objects: SceneObject[]): Scene => ({ background: "meadow", variant: 0, objects });

const names = (say: (random: Random) => string) =>
  new Set(Array.from({ length: 400 }, (_, seed) => say(new Random(seed))));

describe("the name of an object", () => {
  it("can place it by other things", () => {
    const found = names(naming(scene(thing("cat", 0.25), thing("tree", 0.5), thing("dog", 0.8)), 0));
    expect(found).toContain("the cat left of the tree");
    expect(found).not.toContain("the cat right of the tree");
    expect(found).not.toContain("the cat next to the dog");
  });

  it("counts from the sides where things look alike", () => {
    const row = scene(thing("snail", 0.2), thing("snail", 0.5), thing("snail", 0.8));
    expect(names(naming(row, 0))).toEqual(
      new Set(["the leftmost snail", "the snail on the far left", "the first snail from the left"]),
    );
    expect(names(naming(row, 1))).toContain("the snail in the middle");
    expect(names(naming(row, 1))).toContain("the second snail from the left");
  });

  it("compares sizes and depths", () => {
    const pair = scene(thing("dog", 0.3, { scale: 1.2, y: 0.94 }), thing("dog", 0.7, { scale: 0.8, y: 0.75 }));
    expect(names(naming(pair, 0))).toContain("the bigger dog");
    expect(names(naming(pair, 0))).toContain("the dog in front");
    expect(names(naming(pair, 1))).toContain("the smaller dog");
    expect(names(naming(pair, 1))).toContain("the dog at the back");
  });

  it("never fits another object of the scene", () => {
    for (let seed = 0; seed < 400; seed++) {
      const sampled = sampleScene(new Random(seed));
      const seen = new Map<string, number>();
      sampled.objects.forEach((_, index) => {
        if (!canName(sampled, index)) return;
        const say = naming(sampled, index);
        for (let i = 0; i < 30; i++) {
          const name = say(new Random(i));
          expect(seen.get(name) ?? index, `${name}: ${captionOf(sampled)}`).toBe(index);
          seen.set(name, index);
        }
      });
    }
  });

  it("is short inside of a longer one", () => {
    const found = names(naming(scene(thing("cat", 0.25), thing("tree", 0.5)), 0, { short: true }));
    expect([...found].filter((each) => each.includes("tree"))).toEqual([]);
  });
});

describe("the name of a group", () => {
  const mixed = scene(
    thing("sheep", 0.2),
    thing("sheep", 0.5),
    thing("sheep", 0.8, { color: "black" }),
    thing("house", 0.5, { y: 0.72 }),
  );

  it("is for all of a kind, or for those that look alike", () => {
    expect(groupsIn(mixed)).toEqual([
      [0, 1, 2],
      [0, 1],
    ]);
    expect(names(namingGroup(mixed, [0, 1, 2]))).toContain("the three sheep");
    expect(names(namingGroup(mixed, [0, 1, 2]))).not.toContain("the sheep");
    const red = names(namingGroup(mixed, [0, 1]));
    expect(red).toContain("both red sheep");
    for (const name of red) expect(name).toContain("red");
  });

  it("is counted in captions", () => {
    expect(captionOf(mixed)).toBe("two red sheep, a red house and a black sheep on a meadow");
    const cats = scene(
      thing("cat", 0.2, { hat: "blue", mood: "sad" }),
      thing("cat", 0.6, { hat: "blue", mood: "sad" }),
    );
    expect(captionOf(cats)).toBe("two sad red cats wearing blue hats on a meadow");
  });

  it("takes a plural", () => {
    const words = ["balloon", "butterfly", "snowman", "fish", "octopus", "child", "toadstool", "ball"];
    expect(words.map(pluralOf)).toEqual([
      ...["balloons", "butterflies", "snowmen", "fish", "octopuses", "children", "toadstools", "balls"],
    ]);
    const templates = { train: ["=<obj> has to go", "what if <obj> was red", "a <kind>: <obj>"], heldOut: [] };
    expect(forSeveral(templates).train).toEqual(["=<obj> have to go", "what if <obj> were red"]);
  });
});

describe("a scene", () => {
  it("has one to four objects, and now and then a flock or a crowd of up to eight", () => {
    const counts = Array.from({ length: 2000 }, (_, seed) => sampleScene(new Random(seed)).objects.length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    expect(counts.filter((each) => each > 4).length / counts.length).toBeGreaterThan(0.008);
    expect(counts.filter((each) => each > 4).length / counts.length).toBeLessThan(0.05);
  });
});
