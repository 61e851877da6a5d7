import { expect, it } from "vitest";
import { changedPixels, renderScene, sampleTurns } from "../../world/index.ts";

const draw = (scene: Parameters<typeof renderScene>[0]) => renderScene(scene, 48, 48);

it("turns follow each other, each with an instruction and a change that can be seen", () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 8; seed++) {
    const { start, turns } = sampleTurns(seed, 10);
    expect(turns).toHaveLength(10);
    let before = draw(start);
    for (const { task, instruction, scene } of turns) {
      expect(instruction).toMatch(/\S+ \S+/);
      const after = draw(scene);
      const share = changedPixels(before, after).reduce((sum, each) => sum + each, 0) / 48 ** 2;
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(0.5);
      before = after;
      seen.add(task);
    }
  }
  expect([...seen].sort()).toEqual(["add", "local", "remove", "texture"]);
});

it("the same seed gives the same turns, and another one others", () => {
  expect(sampleTurns(5, 6)).toEqual(sampleTurns(5, 6));
  expect(sampleTurns(5, 6)).not.toEqual(sampleTurns(6, 6));
});
