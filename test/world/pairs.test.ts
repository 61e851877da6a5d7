import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backgrounds } from "../../world/backgrounds/index.ts";
import { effects } from "../../world/effects/index.ts";
import { exampleScenes } from "../../world/exampleScenes.ts";
import { colorKey, heldOutColors, heldOutKeys, isHeldOut } from "../../world/holdouts.ts";
import {
  benchmarkPairs,
  changedPixels,
  type EditPair,
  Random,
  renderScene,
  samplePair,
  sampleScene,
  worldTasks,
} from "../../world/index.ts";
import { finishes } from "../../world/looks.ts";
import { kindOf, kinds } from "../../world/objects/index.ts";
import { styles } from "../../world/styles/index.ts";

const size = 64;
const train = Array.from({ length: 1500 }, (_, seed) => samplePair(seed, { split: "train", size }));
const benchmark = [...benchmarkPairs({ size })];

const hash = (pair: EditPair) =>
  createHash("sha256")
    .update(pair.source.data)
    .update(pair.target.data)
    .update(JSON.stringify([pair.task, pair.instructions, pair.sourceCaption, pair.targetCaption]))
    .digest("hex");

const share = (pair: EditPair) => pair.mask.reduce((sum, each) => sum + each, 0) / pair.mask.length;

describe("held-out compositions", () => {
  it("are never in a training pair", () => {
    expect(train.filter((pair) => pair.compositions.some(isHeldOut))).toEqual([]);
  });

  it("are in every benchmark pair", () => {
    expect(benchmark.filter((pair) => !pair.compositions.some(isHeldOut))).toEqual([]);
  });

  it("are never worded in a training instruction or caption", () => {
    const worded = Object.entries(heldOutColors).flatMap(([kind, color]) =>
      [kind, ...(kindOf(kind).synonyms ?? [])].map((name) => `${color} ${name}`),
    );
    for (const pair of train) {
      const text = [...pair.instructions, pair.sourceCaption, pair.targetCaption].join(" | ").toLowerCase();
      for (const words of worded) expect(text).not.toMatch(new RegExp(`\\b${words}\\b`));
    }
  });

  it("never take an object's natural colour, and name only what exists", () => {
    for (const kind of kinds) expect(isHeldOut(colorKey(kind.name, kind.color))).toBe(false);
    const places = new Set(backgrounds.map((each) => each.name));
    for (const key of heldOutKeys) {
      const place = key.split("@")[1];
      if (place) expect(places).toContain(place);
      else
        expect(() =>
          kindOf(key.includes(":") ? (key.split(":")[1] as string) : (key.split("+")[0] as string)),
        ).not.toThrow();
    }
  });

  it("leave every task, kind and colour to training", () => {
    expect(new Set(train.map((pair) => pair.task))).toEqual(new Set(worldTasks));
    const seen = new Set(train.flatMap((pair) => pair.compositions.filter((key) => key.includes("+"))));
    for (const kind of kinds)
      expect(
        [...seen].some((key) => key.startsWith(`${kind.name}+`)),
        kind.name,
      ).toBe(true);
  });
});

describe("the benchmark", () => {
  it("is a hundred pairs for each task", () => {
    expect(benchmark).toHaveLength(100 * worldTasks.length);
    for (const task of worldTasks) expect(benchmark.filter((pair) => pair.task === task)).toHaveLength(100);
  });

  it("can be limited to a task and a number", () => {
    const pairs = [...benchmarkPairs({ size, task: "add", limit: 3 })];
    expect(pairs.map(hash)).toEqual(
      benchmark
        .filter((pair) => pair.task === "add")
        .slice(0, 3)
        .map(hash),
    );
  });
});

describe("a pair", () => {
  it("has the same bytes for the same seed", () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.constantFrom(...worldTasks),
        fc.constantFrom("train", "benchmark"),
        (seed, task, split) => {
          const options = { split, size, task } as const;
          expect(hash(samplePair(seed, options))).toBe(hash(samplePair(seed, options)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("has a mask of exactly the pixels that differ, and changes something visible", () => {
    for (const pair of [...train, ...benchmark]) {
      expect(Buffer.compare(pair.mask, changedPixels(pair.source, pair.target))).toBe(0);
      if (pair.unchanged) expect(share(pair)).toBe(0);
      else expect(share(pair)).toBeGreaterThanOrEqual(0.005);
    }
  });

  it("leaves most of the picture alone when it edits a region", () => {
    const regions = new Set(["local", "texture", "add", "remove", "detect", "segment", "text"]);
    for (const pair of [...train, ...benchmark]) {
      if (regions.has(pair.task)) expect(share(pair)).toBeLessThanOrEqual(0.6);
      if (pair.task === "background") expect(share(pair)).toBeLessThan(0.996);
    }
  });

  it("has at least four different wordings, without leftovers of the grammar", () => {
    for (const pair of [...train, ...benchmark]) {
      expect(new Set(pair.instructions).size).toBeGreaterThanOrEqual(4);
      for (const text of pair.instructions) expect(text).not.toMatch(/[<>|@(]| {2}|^\s|\s$|undefined/);
    }
  });

  it("has different captions for source and target", () => {
    const same = [...train, ...benchmark].filter(
      (pair) => (pair.sourceCaption === pair.targetCaption) !== (pair.unchanged ?? false),
    );
    expect(same.map((pair) => pair.instruction)).toEqual([]);
  });

  it("means the same edit at every size", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const small = samplePair(seed, { split: "train", size: 32 });
      const large = samplePair(seed, { split: "train", size: 160 });
      expect(large.instructions).toEqual(small.instructions);
      expect(large.source.data).toHaveLength(160 * 160 * 3);
      expect(large.mask).toHaveLength(160 * 160);
    }
  });
});

describe("scenes", () => {
  it("draw every kind with every finish, every place, effect and style", () => {
    for (const kind of kinds) {
      const drawn = new Set(
        finishes.map((finish) => {
          const scene = {
            background: "meadow",
            variant: 0,
            objects: [{ kind: kind.name, color: "blue" as const, finish, x: 0.5, y: 0.6, scale: 1, flipped: false }],
          };
          return createHash("sha256")
            .update(renderScene(scene, size, size).data)
            .digest("hex");
        }),
      );
      expect(drawn.size, kind.name).toBe(finishes.length);
    }
    const looks = new Set<string>();
    for (const { name: background } of backgrounds) {
      const empty = { background, variant: 0, objects: [] };
      looks.add(Buffer.from(renderScene(empty, 32, 32).data).toString("base64"));
      for (const { name } of effects) {
        looks.add(Buffer.from(renderScene({ ...empty, effect: name }, 32, 32).data).toString("base64"));
      }
    }
    expect(looks.size).toBe(backgrounds.length * (1 + effects.length));
    for (const style of styles) {
      const scene = renderScene(sampleScene(new Random(5)), 48, 36);
      expect(style.apply(scene).data).toHaveLength(48 * 36 * 3);
    }
  });

  it("draw to any shape of picture, and the canvas keeps nothing of the last one", () => {
    const scene = sampleScene(new Random(11));
    const first = renderScene(scene, 96, 64);
    renderScene(sampleScene(new Random(12)), 96, 64);
    expect(Buffer.compare(renderScene(scene, 96, 64).data, first.data)).toBe(0);
    expect(first.data).toHaveLength(96 * 64 * 3);
  });

  it("of the examples show nothing held out", () => {
    for (const { scene } of Object.values(exampleScenes)) {
      for (const { kind, color } of scene.objects) expect(isHeldOut(colorKey(kind, color))).toBe(false);
    }
  });
});
