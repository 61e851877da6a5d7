/** The synthetic picture-book world: exact pairs for training and measuring. See docs/world.md. */
export { benchmarkFirstSeed, benchmarkPairs, benchmarkPairsPerTask } from "./benchmarkPairs.ts";
export { heldOutKeys, isHeldOut } from "./holdouts.ts";
export { captionOf } from "./language/describe.ts";
export { changedPixels, type EditPair } from "./pairOf.ts";
export { Random } from "./random.ts";
export { renderScene } from "./render/renderScene.ts";
export { sampleAnyPair } from "./sampleAnyPair.ts";
export { samplePair } from "./samplePair.ts";
export { sampleScene } from "./sampleScene.ts";
export { sampleTurns, type WorldTurn, type WorldTurns } from "./sampleTurns.ts";
export type { Scene, SceneObject } from "./scene.ts";
export { worldTasks } from "./tasks/index.ts";
export type { Split } from "./tasks/WorldTask.ts";
export { sampleUnseenPair } from "./unseen/sampleUnseenPair.ts";
export { type UnseenTaskName, unseenTaskNames } from "./unseen/UnseenTaskName.ts";
export { unseenPairs } from "./unseen/unseenPairs.ts";
