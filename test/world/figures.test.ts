import { describe, expect, it } from "vitest";
import { captionOf, Random, renderScene, samplePair } from "../../world/index.ts";
import { poseWords } from "../../world/language/poses.ts";
import { jointsIn, limbs, pose } from "../../world/maps/pose.ts";
import { kinds } from "../../world/objects/index.ts";
import { formOf } from "../../world/objects/Kind.ts";
import { jointNames, type Point } from "../../world/objects/poses.ts";
import { boundsOf } from "../../world/render/paintObject.ts";
import { type PoseName, poseNames, type Scene, type SceneObject } from "../../world/scene.ts";
import { local } from "../../world/tasks/local.ts";

const figures = kinds.filter((kind) => kind.poses);
const sceneOf = (kind: string, more: Partial<SceneObject> = {}): Scene => ({
  background: "meadow",
  variant: 0,
  objects: [{ kind, color: "blue", finish: "plain", x: 0.5, y: 0.86, scale: 1, flipped: false, ...more }],
});
const bytes = (data: Uint8Array) => Buffer.from(data).toString("base64");
const distance = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d);

describe("a figure", () => {
  it("looks different in every pose, and so does its skeleton", () => {
    for (const { name } of figures) {
      const scenes = poseNames.map((each) => sceneOf(name, { pose: each }));
      expect(new Set(scenes.map((scene) => bytes(renderScene(scene, 64, 64).data))).size).toBe(poseNames.length);
      expect(new Set(scenes.map((scene) => bytes(pose(scene, 64, 64).data))).size).toBe(poseNames.length);
      expect(new Set(scenes.map(captionOf)).size).toBe(poseNames.length);
    }
  });

  it("stands when it has no pose", () => {
    for (const { name } of figures) {
      const [without, standing] = [sceneOf(name), sceneOf(name, { pose: "standing" })];
      expect(bytes(renderScene(without, 64, 64).data)).toBe(bytes(renderScene(standing, 64, 64).data));
    }
  });

  it("keeps the lengths of its limbs, and its joints inside what is painted", () => {
    for (const kind of figures) {
      const standing = formOf(kind, "standing").joints;
      for (const each of poseNames) {
        const { joints } = formOf(kind, each);
        if (!joints || !standing) throw new Error("a figure without joints");
        for (const { from, to } of limbs) {
          expect(distance(joints[from], joints[to])).toBeCloseTo(distance(standing[from], standing[to]), 6);
        }
        const bounds = boundsOf(kind, { flipped: false, pose: each });
        for (const name of jointNames) {
          const [x, y] = joints[name];
          expect(x, `${kind.name} ${each} ${name}`).toBeGreaterThan(bounds.left);
          expect(x).toBeLessThan(bounds.right);
          expect(y).toBeGreaterThan(bounds.top);
          expect(y).toBeLessThan(bounds.bottom);
        }
        // On the ground, except in a leap.
        expect(bounds.bottom).toBeLessThan(106);
        if (each !== "jumping") expect(bounds.bottom, `${kind.name} ${each}`).toBeGreaterThan(93);
      }
    }
  });

  it("waves with the other hand in a mirror", () => {
    const joints = (flipped: boolean) => {
      const scene = sceneOf("child", { pose: "waving", flipped });
      return jointsIn(scene, scene.objects[0] as SceneObject, 64, 64);
    };
    const [plain, mirror] = [joints(false), joints(true)];
    if (!plain || !mirror) throw new Error("a figure without joints");
    expect(mirror.rightWrist[0]).toBeCloseTo(64 - plain.leftWrist[0], 6);
    expect(mirror.rightWrist[1]).toBeCloseTo(plain.leftWrist[1], 6);
    expect(plain.leftWrist[1]).toBeLessThan(plain.leftShoulder[1]);
    expect(mirror.leftWrist[1]).toBeGreaterThan(mirror.leftShoulder[1]);
  });
});

describe("the pose map", () => {
  it("shows nothing but figures", () => {
    expect(Math.max(...pose(sceneOf("snowman"), 64, 64).data)).toBe(0);
    expect(Math.max(...pose(sceneOf("knight"), 64, 64).data)).toBe(255);
  });

  it("is black around its skeletons, of which there is at least one", () => {
    for (let seed = 0; seed < 30; seed++) {
      const pair = samplePair(seed, { split: "train", size: 64, task: "pose" });
      const corner = (data: Uint8Array) => data[0] === 0 && data[1] === 0 && data[2] === 0;
      const map = pair.targetCaption.startsWith("a pose map") ? pair.target : pair.source;
      expect(corner(map.data)).toBe(true);
      expect(Math.max(...map.data)).toBe(255);
    }
  });
});

describe("a change of pose", () => {
  it("is told by the instruction: what to do, and to the left if to the left", () => {
    const seen = new Set<PoseName>();
    for (let seed = 0; seed < 900; seed++) {
      const random = new Random(seed);
      const edit = local.propose(random, "train");
      const { do: to, doing } = edit?.slots ?? {};
      if (!edit || typeof to !== "function" || typeof doing !== "function") continue;
      const before = new Set(edit.source.objects);
      const [object, ...others] = edit.target.objects.filter((each) => !before.has(each));
      if (!object) throw new Error("nothing has changed");
      expect(others).toEqual([]);
      const { pose: name = "standing", flipped } = object;
      const side = flipped ? " left" : "";
      const told = [to(random), doing(random)];
      for (const [i, words] of [poseWords[name].to, poseWords[name].doing].entries()) {
        const text = (told[i] as string).replace(/ (to the|facing) right$/, "");
        expect(words.some((each) => text.startsWith(each) && text.endsWith(side))).toBe(true);
        if (!flipped) expect(words).toContain(text);
      }
      seen.add(name);
    }
    expect([...seen].sort()).toEqual([...poseNames].sort());
  });
});
