/** The synthetic picture-book world: exact pairs for training and measuring. See docs/world.md. */
export { benchmarkPairs, benchmarkPairsPerTask } from "./benchmarkPairs.ts";
export { heldOutKeys, isHeldOut } from "./holdouts.ts";
export { captionOf } from "./language/describe.ts";
export { Random } from "./random.ts";
export { renderScene } from "./render/renderScene.ts";
export { changedPixels, type EditPair, samplePair } from "./samplePair.ts";
export { sampleScene } from "./sampleScene.ts";
export type { Scene, SceneObject } from "./scene.ts";
export { worldTasks } from "./tasks/index.ts";
export type { Split } from "./tasks/WorldTask.ts";
