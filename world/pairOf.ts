import type { Picture } from "../gpu-worker/image/Picture.ts";
import type { TaskName } from "../src/queue/tasks.ts";
import { colorKey, isHeldOut } from "./holdouts.ts";
import { captionOf } from "./language/describe.ts";
import { phrase } from "./language/grammar.ts";
import { isMaterial } from "./looks.ts";
import { mapOf } from "./maps/index.ts";
import type { Random } from "./random.ts";
import { renderScene } from "./render/renderScene.ts";
import type { Scene, SceneText } from "./scene.ts";
import type { Edit, Split, WorldTask } from "./tasks/WorldTask.ts";

/** One training or benchmark example: exact, because both pictures are drawn from scenes. */
export interface EditPair<Name extends string = TaskName> {
  readonly task: Name;
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
  return { source: edit.spoil ? edit.spoil(source) : source, target: edit.post ? edit.post(plain) : plain };
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

export interface PairOptions {
  readonly seed: number;
  readonly split: Split;
  /** Side of the square pictures in pixels. */
  readonly size: number;
}

/** The first pair of a task that the split allows: what `samplePair` and `sampleUnseenPair` share. */
export function pairOf<Name extends string>(
  task: WorldTask<Name>,
  random: Random,
  { seed, split, size }: PairOptions,
): EditPair<Name> {
  const besides = split === "train" && task.besides && random.chance(task.besides.share) ? task.besides : undefined;
  for (let attempt = 0; attempt < 2000; attempt++) {
    const edit = besides ? besides.propose(random) : task.propose(random, split);
    if (!edit) continue;
    const compositions = [...new Set([...edit.compositions, ...colorsIn(edit.source), ...colorsIn(edit.target)])];
    if (compositions.some(isHeldOut) !== (split === "benchmark")) continue;
    let { source, target } = draw(edit, judgedSize);
    let mask = changedPixels(source, target);
    const share = shareOf(mask);
    const visible = share >= smallestShare && share <= (task.largestShare ?? 1);
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
