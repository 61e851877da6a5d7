import { describe, expect, it } from "vitest";
import { poseScore } from "../../benchmark/poseScore.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { renderScene, samplePair } from "../../world/index.ts";
import { pose } from "../../world/maps/pose.ts";
import { type PoseName, poseNames, type Scene } from "../../world/scene.ts";

const figure = (name: PoseName, x = 0.5, flipped = false): Scene => ({
  background: "meadow",
  variant: 0,
  objects: [{ kind: "knight", color: "blue", finish: "plain", x, y: 0.88, scale: 1, flipped, pose: name }],
});
const skeleton = (name: PoseName, x?: number, flipped?: boolean): Picture => pose(figure(name, x, flipped), 64, 64);
const dimmed = (picture: Picture): Picture => ({ ...picture, data: picture.data.map((value) => value * 0.7) });

describe("the pose score", () => {
  it("is 1 for the expected skeleton, also a little beside it or darker", () => {
    for (const name of poseNames) {
      expect(poseScore(skeleton(name), skeleton(name))).toEqual({ recall: 1, precision: 1, score: 1 });
      expect(poseScore(skeleton(name, 0.5 + 1 / 64), skeleton(name)).score).toBeGreaterThan(0.97);
      expect(poseScore(dimmed(skeleton(name)), skeleton(name)).score).toBeGreaterThan(0.97);
    }
  });

  it("is 0 for a black picture, and low for the picture itself", () => {
    const black = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) };
    expect(poseScore(black, skeleton("waving")).score).toBe(0);
    expect(poseScore(renderScene(figure("waving"), 64, 64), skeleton("waving")).score).toBeLessThan(0.15);
  });

  it("tells every pose from every other, and left from right", () => {
    for (const one of poseNames) {
      for (const other of poseNames) {
        if (one !== other)
          expect(poseScore(skeleton(one), skeleton(other)).score, `${one} ${other}`).toBeLessThan(0.93);
      }
    }
    expect(poseScore(skeleton("pointing", 0.5, true), skeleton("pointing")).score).toBeLessThan(0.85);
  });

  it("counts missing limbs and additional figures", () => {
    const two = {
      ...figure("running", 0.25),
      objects: [...figure("running", 0.25).objects, ...figure("sitting", 0.75).objects],
    };
    const both = pose(two, 64, 64);
    expect(poseScore(skeleton("running", 0.25), both).precision).toBe(1);
    expect(poseScore(skeleton("running", 0.25), both).recall).toBeLessThan(0.8);
    expect(poseScore(both, skeleton("running", 0.25)).precision).toBeLessThan(0.8);
  });

  it("is 1 for the exact answers of the task", () => {
    for (let seed = 0; seed < 20; seed++) {
      const pair = samplePair(seed, { split: "train", size: 64, task: "pose" });
      const map = pair.targetCaption.startsWith("a pose map") ? pair.target : pair.source;
      expect(poseScore(map, map).score).toBe(1);
    }
  });

  it("refuses pictures of different sizes", () => {
    expect(() => poseScore(skeleton("standing"), pose(figure("standing"), 32, 32))).toThrow(RangeError);
  });
});
