import type { TaskName } from "../src/queue/tasks.ts";
import { phrase } from "./language/grammar.ts";
import { changedPixels } from "./pairOf.ts";
import { Random } from "./random.ts";
import { renderScene } from "./render/renderScene.ts";
import { sampleScene } from "./sampleScene.ts";
import type { Scene } from "./scene.ts";
import { addTo } from "./tasks/add.ts";
import { changeIn } from "./tasks/local.ts";
import { removeFrom } from "./tasks/remove.ts";
import { retexture } from "./tasks/texture.ts";
import type { Edit } from "./tasks/WorldTask.ts";

/** One instruction about the scene before it, and the scene that follows from it exactly. */
export interface WorldTurn {
  readonly task: TaskName;
  readonly instruction: string;
  readonly scene: Scene;
}

export interface WorldTurns {
  readonly start: Scene;
  readonly turns: readonly WorldTurn[];
}

/** Share of the pixels that one turn changes; its seed means the same turns at every size, judged at this one. */
const [smallest, largest, judgedSize] = [0.01, 0.35, 64];
/** More things than this crowd a scene. */
const mostObjects = 5;

/** What a turn may do: region edits, so that every turn leaves most of the picture alone. */
const moves: readonly (readonly [TaskName, (random: Random, scene: Scene) => Edit | undefined])[] = [
  ["add", (random, scene) => (scene.objects.length < mostObjects ? addTo(random, scene) : undefined)],
  ["remove", (random, scene) => (scene.objects.length > 1 ? removeFrom(random, scene) : undefined)],
  ["texture", (random, scene) => (scene.objects.length > 0 ? retexture(random, scene) : undefined)],
  ["local", (random, scene) => (scene.objects.length > 0 ? changeIn(random, scene, "train") : undefined)],
];

/**
 * A scene and instructions that are followed one after the other, each about the scene that the one before left. About
 * half of the wordings are ones that no model was trained on.
 * @param seed the same seed gives the same turns; more of them go on from fewer
 */
export function sampleTurns(seed: number, count: number): WorldTurns {
  const random = new Random(seed, 3);
  for (;;) {
    const start = sampleScene(random, { count: 2 + random.int(2) });
    const turns: WorldTurn[] = [];
    for (let scene = start; turns.length < count; scene = turns.at(-1)!.scene) {
      const turn = nextTurn(random, scene);
      if (!turn) break;
      turns.push(turn);
    }
    if (turns.length === count) return { start, turns };
  }
}

function nextTurn(random: Random, scene: Scene): WorldTurn | undefined {
  const before = renderScene(scene, judgedSize, judgedSize);
  for (let attempt = 0; attempt < 100; attempt++) {
    const [task, propose] = random.pick(moves);
    const edit = propose(random, scene);
    if (!edit) continue;
    const mask = changedPixels(before, renderScene(edit.target, judgedSize, judgedSize));
    const share = mask.reduce((sum, each) => sum + each, 0) / mask.length;
    if (share < smallest || share > largest) continue;
    const [instruction] = phrase(edit.templates, edit.slots, random, { heldOut: true, count: 1 });
    if (instruction !== undefined) return { task, instruction, scene: edit.target };
  }
  return undefined;
}
