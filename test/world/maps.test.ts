import { describe, expect, it } from "vitest";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { backgrounds } from "../../world/backgrounds/index.ts";
import { regionNames } from "../../world/backgrounds/Region.ts";
import { Random, renderScene, type Scene, type SceneObject, samplePair, sampleScene } from "../../world/index.ts";
import { objectDepth } from "../../world/maps/depth.ts";
import { maps } from "../../world/maps/index.ts";
import type { MapName } from "../../world/maps/MapRenderer.ts";
import { classNames, kindColors, labelOf, palette, regionColors } from "../../world/maps/palette.ts";
import { labelMap, segmap } from "../../world/maps/segmap.ts";
import { kinds } from "../../world/objects/index.ts";

const size = 64;
const scenes = Array.from({ length: 120 }, (_, seed) => sampleScene(new Random(seed, 3)));
const draw = (name: MapName, scene: Scene, width = size, height = size): Picture => {
  const renderer = maps[name];
  if (!renderer) throw new RangeError(name);
  return renderer(scene, width, height);
};
const pixel = ({ data, width }: Picture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
/** How many pixels are not gray. */
function coloured({ data }: Picture): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 3) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) count++;
  return count;
}
const ball = (x: number, y: number, more: Partial<SceneObject> = {}): SceneObject => ({
  ...{ kind: "ball", color: "red", finish: "plain", x, y, scale: 1, flipped: false },
  ...more,
});
const on = (background: string, ...objects: SceneObject[]): Scene => ({ background, variant: 0, objects });

describe("the palette", () => {
  it("has a colour for every region and every kind of object, and no two are alike", () => {
    expect(Object.keys(regionColors).sort()).toEqual([...regionNames].sort());
    expect(Object.keys(kindColors).sort()).toEqual(kinds.map((kind) => kind.name).sort());
    palette.forEach((one, i) => {
      palette.slice(i + 1).forEach((other, j) => {
        const distance = Math.hypot(...one.map((value, c) => value - (other[c] as number)));
        expect(distance, `${classNames[i]} and ${classNames[i + 1 + j]}`).toBeGreaterThan(30);
      });
    });
  });
});

describe("every map", () => {
  it("has the same bytes every time, at any shape, and keeps nothing of the last picture", () => {
    for (const name of Object.keys(maps) as MapName[]) {
      const first = draw(name, scenes[1] as Scene, 96, 64);
      draw(name, scenes[2] as Scene, 96, 64);
      renderScene(scenes[3] as Scene, 96, 64);
      expect(Buffer.compare(draw(name, scenes[1] as Scene, 96, 64).data, first.data), name).toBe(0);
      expect(first.data).toHaveLength(96 * 64 * 3);
    }
  });

  it("shows shapes alone: neither colours, finishes and effects, nor a background's details", () => {
    for (const name of ["depth", "segmap", "normal", "sketch"] as const) {
      const plain = draw(name, on("meadow", ball(0.5, 0.8)));
      const other = on("meadow", ball(0.5, 0.8, { color: "blue", finish: "golden" }));
      expect(Buffer.compare(draw(name, { ...other, effect: "snow" }).data, plain.data), name).toBe(0);
    }
  });
});

describe("the segmentation map", () => {
  it("knows what every pixel of every background is", () => {
    for (const { name } of backgrounds) {
      for (let variant = 0; variant < 6; variant++) {
        for (const [width, height] of [
          [64, 64],
          [96, 48],
          [40, 72],
        ] as const) {
          const labels = labelMap({ background: name, variant, objects: [] }, width, height);
          expect(Math.max(...labels), name).toBeLessThan(regionNames.length);
        }
      }
    }
  });

  it("has no mixed colours", () => {
    const colors = new Set<number>();
    for (const scene of scenes) {
      const { data } = segmap(scene, size, size);
      for (let i = 0; i < data.length; i += 3) colors.add(Buffer.from(data.subarray(i, i + 3)).readUIntBE(0, 3));
    }
    const known = new Set(palette.map((color) => Buffer.from(color).readUIntBE(0, 3)));
    expect([...colors].filter((color) => !known.has(color))).toEqual([]);
  });

  it("marks the pixels that an object changes", () => {
    const [empty, full] = [on("meadow"), on("meadow", ball(0.5, 0.8))];
    const labels = labelMap(full, size, size);
    const [before, after] = [renderScene(empty, size, size), renderScene(full, size, size)];
    let marked = 0;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        if (labels[y * size + x] !== labelOf("ball")) continue;
        marked++;
        expect(pixel(after, x, y)).not.toEqual(pixel(before, x, y));
      }
    }
    expect(marked).toBeGreaterThan(100);
  });
});

describe("the depth map", () => {
  it("is gray, and nearer towards us", () => {
    for (const scene of scenes) {
      expect(coloured(draw("depth", scene))).toBe(0);
    }
    const ground = draw("depth", on("meadow"));
    expect(pixel(ground, 5, 0)).toEqual([0, 0, 0]);
    for (let y = 42; y < size; y++) {
      expect(pixel(ground, 5, y)[0]).toBeGreaterThan(pixel(ground, 5, y - 1)[0] as number);
    }
  });

  it("has what stands in front nearer than what stands behind it", () => {
    for (const scene of scenes) {
      const depths = scene.objects.map((object) => objectDepth(scene, object));
      expect(depths).toEqual([...depths].sort((a, b) => a - b));
      for (const depth of depths) expect(depth).toBeLessThanOrEqual(1);
    }
    const map = draw("depth", on("meadow", ball(0.25, 0.74), ball(0.75, 0.94)));
    const [far, near] = [pixel(map, 16, 41)[0] as number, pixel(map, 48, 54)[0] as number];
    expect(near - far).toBeGreaterThan(60);
  });
});

describe("the normal map", () => {
  it("has normals of length 1 wherever no edge is", () => {
    const map = draw("normal", on("meadow", ball(0.5, 0.85, { scale: 2 })));
    const labels = labelMap(on("meadow", ball(0.5, 0.85, { scale: 2 })), size, size);
    for (let y = 1; y < size - 1; y++) {
      for (let x = 1; x < size - 1; x++) {
        const around = [0, -1, 1, -size, size].map((step) => labels[y * size + x + step]);
        if (new Set(around).size > 1) continue;
        const length = Math.hypot(...pixel(map, x, y).map((value) => (2 * value - 255) / 255));
        expect(length).toBeGreaterThan(0.9);
        expect(length).toBeLessThan(1.1);
      }
    }
  });

  it("has a sky that faces us, ground that faces up, and round objects", () => {
    const map = draw("normal", on("meadow", ball(0.5, 0.9, { scale: 1.5 })), 128, 128);
    expect(pixel(map, 10, 5)).toEqual([128, 128, 255]);
    expect(pixel(map, 10, 120)).toEqual([128, 255, 128]);
    const row = Array.from({ length: 128 }, (_, x) => pixel(map, x, 90)).filter(([, g]) => (g as number) < 200);
    const [left, right] = [row[2] as number[], row.at(-3) as number[]];
    expect(left[0]).toBeLessThan(90);
    expect(right[0]).toBeGreaterThan(165);
    expect(Math.abs((row[row.length >> 1] as number[])[0] as number) - 128).toBeLessThan(12);
  });
});

describe("the line drawing", () => {
  it("is mostly paper, with black lines for each object", () => {
    for (const scene of scenes) {
      const drawing = draw("sketch", scene, 128, 128);
      const ink = drawing.data.filter((value) => value < 64).length / 3;
      const paper = drawing.data.filter((value) => value === 255).length / 3;
      expect(coloured(drawing)).toBe(0);
      expect(paper).toBeGreaterThan(0.6 * 128 * 128);
      if (scene.objects.length > 0) expect(ink).toBeGreaterThan(60);
    }
  });
});

describe("a map task", () => {
  const pairs = (["depth", "segmap", "normal", "sketch"] as const).map((task) =>
    Array.from({ length: 300 }, (_, seed) => samplePair(seed, { split: "train", size, task })),
  );

  it("goes both ways, and mostly from the picture to the map", () => {
    for (const list of pairs) {
      const toMap = list.filter((pair) => / (map|drawing) of /.test(pair.targetCaption)).length;
      const toPicture = list.filter((pair) => / (map|drawing) of /.test(pair.sourceCaption)).length;
      expect(toMap + toPicture).toBe(list.length);
      expect(toMap / list.length).toBeGreaterThan(0.5);
      expect(toPicture / list.length).toBeGreaterThan(0.22);
    }
  });

  it("tells in words what a map does not show", () => {
    for (const pair of pairs.flat()) {
      const caption = / (?:map|drawing) of (.*)/.exec(pair.sourceCaption)?.[1];
      if (caption === undefined) continue;
      expect(pair.targetCaption).toBe(caption);
      for (const text of pair.instructions) {
        const words = new Set(text.toLowerCase().match(/[a-z]+/g));
        const missing = (caption.match(/[a-z]+/g) ?? []).filter(
          (word) => !words.has(word) && !/^(an?|the)$/.test(word),
        );
        // A slip of the fingers spoils at most one word.
        expect(missing.length, text).toBeLessThanOrEqual(1);
      }
    }
  });
});
