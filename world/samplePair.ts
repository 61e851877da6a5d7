import type { Picture } from "../gpu-worker/image/Picture.ts";
import type { TaskName } from "../src/queue/tasks.ts";
import { colorKey, isHeldOut } from "./holdouts.ts";
import { captionOf } from "./language/describe.ts";
import { phrase } from "./language/grammar.ts";
import { isMaterial } from "./looks.ts";
import { mapOf } from "./maps/index.ts";
import { Random } from "./random.ts";
import { renderScene } from "./render/renderScene.ts";
import type { Scene, SceneText } from "./scene.ts";
import { taskMix, taskOf } from "./tasks/index.ts";
import type { Edit, Split } from "./tasks/WorldTask.ts";

/** One training or benchmark example: exact, because both pictures are drawn from scenes. */
export interface EditPair {
  readonly task: TaskName;
  /** The first of `instructions`. */
  readonly instruction: string;
  /** Four to six wordings of the same edit. */
  readonly instructions: readonly string[];
  readonly source: Picture;
  readonly target: Picture;
  /** 1 where source and target differ, else 0: one byte per pixel, rows from the top. */
  readonly mask: Uint8Array;
  readonly sourceCaption: string;
  readonly targetCaption: string;
  readonly seed: number;
  /** The instruction names what is not there: source and target are the same. */
  readonly unchanged?: true;
  /** Keys (world/holdouts.ts) of everything that is combined in this pair. */
  readonly compositions: readonly string[];
  /** What must be read in the answer of a `text` edit that writes or changes something. Not written to disk. */
  readonly expectedText?: SceneText;
}

/** The size at which a pair is judged visible: its seed then means the same edit at every size. */
const judgedSize = 64;
const smallestShare = 0.005;
/** Region edits change a part: a background at most nearly everything, the others at most this share. */
const largestShare: Partial<Record<TaskName, number>> = {
  local: 0.6,
  texture: 0.5,
  add: 0.5,
  remove: 0.5,
  detect: 0.3,
  segment: 0.5,
  text: 0.6,
  background: 0.995,
};

function colorsIn(scene: Scene): string[] {
  return scene.objects.filter(({ finish }) => !isMaterial(finish)).map(({ kind, color }) => colorKey(kind, color));
}

function draw(edit: Edit, size: number): { source: Picture; target: Picture } {
  const { views } = edit;
  if (edit.foreign) {
    const picture = edit.foreign.draw(size, size);
    return { source: picture, target: edit.post ? edit.post(picture) : picture };
  }
  const source = views?.source ? mapOf(views.source)(edit.source, size, size) : renderScene(edit.source, size, size);
  const same = edit.target === edit.source && !edit.extras && views?.source === views?.target;
  const plain = same
    ? source
    : views?.target
      ? mapOf(views.target)(edit.target, size, size)
      : renderScene(edit.target, size, size, edit.extras);
  return { source, target: edit.post ? edit.post(plain) : plain };
}

/** 1 where any channel differs: one byte per pixel. */
export function changedPixels(source: Picture, target: Picture): Uint8Array {
  const mask = new Uint8Array(source.width * source.height);
  for (let pixel = 0, i = 0; pixel < mask.length; pixel++, i += 3) {
    if (
      source.data[i] !== target.data[i] ||
      source.data[i + 1] !== target.data[i + 1] ||
      source.data[i + 2] !== target.data[i + 2]
    ) {
      mask[pixel] = 1;
    }
  }
  return mask;
}

function shareOf(mask: Uint8Array): number {
  let sum = 0;
  for (const each of mask) sum += each;
  return sum / mask.length;
}

/**
 * The pair of a seed: the same seed and options give the same bytes on every machine with the same canvas build.
 * @param seed a whole number from 0 to 2^53 − 1
 * @param options.split `train` never shows a held-out composition, `benchmark` always shows at least one
 * @param options.size side of the square pictures in pixels; it does not change which edit a seed means
 * @param options.task only this task; by default the training mix
 */
export function samplePair(
  seed: number,
  options: { readonly split: Split; readonly size: number; readonly task?: TaskName },
): EditPair {
  const { split, size } = options;
  const random = new Random(seed, split === "train" ? 1 : 2);
  const task = options.task === undefined ? random.weighted(taskMix) : taskOf(options.task);
  if (!task) throw new RangeError(`the world has no task ${options.task} yet`);
  const besides = split === "train" && task.besides && random.chance(task.besides.share) ? task.besides : undefined;
  for (let attempt = 0; attempt < 2000; attempt++) {
    const edit = besides ? besides.propose(random) : task.propose(random, split);
    if (!edit) continue;
    const compositions = [...new Set([...edit.compositions, ...colorsIn(edit.source), ...colorsIn(edit.target)])];
    if (compositions.some(isHeldOut) !== (split === "benchmark")) continue;
    let { source, target } = draw(edit, judgedSize);
    let mask = changedPixels(source, target);
    const share = shareOf(mask);
    const visible = share >= smallestShare && share <= (largestShare[task.name] ?? 1);
    if (edit.unchanged ? share > 0 : !visible) continue;
    const wordings = phrase(edit.templates, edit.slots, random, {
      heldOut: split === "benchmark",
      count: 4 + random.int(3),
    });
    if (wordings.length < 4) continue;
    if (size !== judgedSize) {
      ({ source, target } = draw(edit, size));
      mask = changedPixels(source, target);
    }
    const sourceCaption = edit.foreign?.caption ?? captionOf(edit.source);
    const caption = edit.foreign?.caption ?? captionOf(edit.target);
    return {
      task: task.name,
      instruction: wordings[0] as string,
      instructions: wordings,
      source,
      target,
      mask,
      sourceCaption: edit.sourceCaption?.(sourceCaption) ?? sourceCaption,
      targetCaption: edit.targetCaption?.(caption) ?? caption,
      seed,
      compositions,
      ...(edit.unchanged ? { unchanged: true } : {}),
      ...(edit.text ? { expectedText: edit.text } : {}),
    };
  }
  throw new Error(`no ${task.name} pair found for seed ${seed}: the task's scenes are too narrow`);
}
