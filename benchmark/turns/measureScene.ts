import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { changeMap } from "../../gpu-worker/image/changeMap.ts";
import { composeEdit } from "../../gpu-worker/image/composeEdit.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { resizePicture } from "../../gpu-worker/image/resizePicture.ts";
import { changedPixels, renderScene, sampleTurns } from "../../world/index.ts";
import { compositions } from "./compositions.ts";
import { lowPassFilters } from "./lowPassFilters.ts";
import { meanDifference } from "./meanDifference.ts";
import { perceptualDistance } from "./perceptualDistance.ts";
import type { Chain, CompositionScore, FilterCount, SceneRow, TurnScore } from "./SceneRow.ts";
import type { TurnModel } from "./TurnModel.ts";

export interface SceneSettings {
  readonly turns: number;
  readonly alphas: readonly number[];
  /** Side of the pictures, pixels. */
  readonly size: number;
  /** The threshold at which compositions are compared. */
  readonly composedAt: number;
  readonly model: TurnModel;
  readonly signal?: AbortSignal | undefined;
}

/** Pixels of the model around what is named that count as named too: the filter reaches three, interpolation one. */
export const margin = 4;
/** Of a model's pixel that must change in the exact answer for it to count as one that changes. */
const changedShare = 0.5;

/** Measures one scene with all thresholds. @throws EmendError `cancelled` */
export async function measureScene(
  scene: number,
  { turns: count, alphas, size, composedAt, model, signal }: SceneSettings,
): Promise<Omit<SceneRow, "print">> {
  const { start, turns } = sampleTurns(scene, count);
  const exact = [start, ...turns.map((turn) => turn.scene)].map((each) => renderScene(each, size, size));
  const masks = turns.map((_, i) => changedPixels(exact[i]!, exact[i + 1]!));

  /** Chains that see the same picture at the same turn share the answer. */
  const known = new Map<string, Awaited<ReturnType<TurnModel["answer"]>>>();
  const answer = async (turn: number, picture: Picture) => {
    const key = `${turn} ${createHash("sha256").update(picture.data).digest("hex")}`;
    let found = known.get(key);
    if (!found) {
      await setImmediate(); // lets Ctrl-C in
      throwIfCancelled(signal);
      const { instruction, task } = turns[turn]!;
      found = await model.answer(picture, instruction, task, scene * 1000 + turn);
      known.set(key, found);
    }
    return found;
  };
  const step = async (turn: number, before: Picture, alpha: number) => {
    const { input, output } = await answer(turn, before);
    const { picture, keptShare } = composeEdit(before, input, output, { alpha });
    const [was, target] = [exact[turn]!, exact[turn + 1]!];
    const score = { ...scoreTurn(before, picture, was, target, masks[turn]!), keptShare };
    return { picture, score, reach: Math.ceil((margin * size) / input.width) };
  };

  const chains: Chain[] = [];
  for (const alpha of alphas) {
    const scores: TurnScore[] = [];
    let picture = exact[0]!;
    let reach = 0;
    for (let turn = 0; turn < count; turn++) {
      const made = await step(turn, picture, alpha);
      scores.push(made.score);
      picture = made.picture;
      reach = made.reach;
    }
    chains.push({ alpha, turns: scores, ...countKept(exact, picture, reach) });
  }

  const singles = [];
  for (const alpha of alphas) {
    const scores: TurnScore[] = [];
    for (let turn = 0; turn < count; turn++) scores.push((await step(turn, exact[turn]!, alpha)).score);
    singles.push({ alpha, turns: scores });
  }

  const filters = new Map<string, FilterCount>();
  const composition = new Map<string, CompositionScore>();
  for (let turn = 0; turn < count; turn++) {
    const [source, target] = [exact[turn]!, exact[turn + 1]!];
    const { input, output } = await answer(turn, source);
    countFilters(filters, input, output, masks[turn]!, size, alphas);
    const small = await resizePicture(target, input);
    for (const [kind, made] of [
      ["exact", small],
      ["model", output],
    ] as const) {
      for (const [method, picture] of Object.entries(await compositions(source, input, made, composedAt))) {
        const { l1 = 0, looks = 0 } = composition.get(`${method} ${kind}`) ?? {};
        composition.set(`${method} ${kind}`, {
          ...{ method, answer: kind },
          l1: l1 + meanDifference(picture, target) / count,
          looks: looks + perceptualDistance(picture, target) / count,
        });
      }
    }
  }
  return { scene, chains, singles, filters: [...filters.values()], composition: [...composition.values()] };
}

/** One turn's result against the turn before it, and against the exact answer. */
function scoreTurn(
  before: Picture,
  picture: Picture,
  was: Picture,
  target: Picture,
  mask: Uint8Array,
): Omit<TurnScore, "keptShare"> {
  let [missed, wanted] = [0, 0];
  for (let i = 0; i < picture.data.length; i++) {
    if (mask[Math.floor(i / 3)] === 0) continue;
    missed += Math.abs(picture.data[i]! - target.data[i]!) / 255;
    wanted += Math.abs(was.data[i]! - target.data[i]!) / 255;
  }
  return {
    stepL1: meanDifference(before, picture),
    stepLooks: perceptualDistance(before, picture),
    exactL1: meanDifference(picture, target),
    exactLooks: perceptualDistance(picture, target),
    ...{ missed, wanted },
  };
}

/** How many of the pixels that no instruction names, and of those more than `reach` away from any named, have the first picture's bits in the last one. */
function countKept(exact: readonly Picture[], last: Picture, reach: number): Omit<Chain, "alpha" | "turns"> {
  const first = exact[0]!;
  const { width, height } = first;
  const named = new Uint8Array(width * height);
  for (const picture of exact) {
    for (const [i, each] of changedPixels(first, picture).entries()) named[i]! |= each;
  }
  const near = dilate(named, width, height, reach);
  const differs = changedPixels(first, last);
  const counts = { unnamed: 0, identical: 0, farUnnamed: 0, farIdentical: 0 };
  for (let i = 0; i < named.length; i++) {
    if (named[i] === 0) {
      counts.unnamed++;
      if (differs[i] === 0) counts.identical++;
    }
    if (near[i] === 0) {
      counts.farUnnamed++;
      if (differs[i] === 0) counts.farIdentical++;
    }
  }
  return counts;
}

/** 1 wherever there is a 1 at most `radius` pixels away in both directions. */
function dilate(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const result = new Uint8Array(mask.length);
  for (const [i, each] of mask.entries()) {
    if (each === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const [left, right] = [Math.max(x - radius, 0), Math.min(x + radius + 1, width)];
    for (let v = Math.max(y - radius, 0); v <= Math.min(y + radius, height - 1); v++) {
      result.fill(1, v * width + left, v * width + right);
    }
  }
  return result;
}

/** Adds to the counts of every filter and threshold what they make of one answer of the model. */
function countFilters(
  counts: Map<string, FilterCount>,
  input: Picture,
  output: Picture,
  mask: Uint8Array,
  size: number,
  alphas: readonly number[],
): void {
  const share = new Float32Array(input.width * input.height);
  const perPixel = (input.width * input.height) / (size * size);
  for (const [i, each] of mask.entries()) {
    const x = Math.floor(((i % size) * input.width) / size);
    const y = Math.floor((Math.floor(i / size) * input.height) / size);
    share[y * input.width + x]! += each * perPixel;
  }
  for (const [filter, lowPass] of Object.entries(lowPassFilters)) {
    const change = changeMap(input, output, lowPass);
    for (const alpha of alphas) {
      const before = counts.get(`${filter} ${alpha}`);
      let { changed, missed, others, touched } = before ?? { changed: 0, missed: 0, others: 0, touched: 0 };
      for (const [i, d] of change.entries()) {
        if (share[i]! >= changedShare) {
          changed++;
          if (d < alpha) missed++;
        } else if (share[i] === 0) {
          others++;
          if (d >= alpha) touched++;
        }
      }
      counts.set(`${filter} ${alpha}`, { filter, alpha, changed, missed, others, touched });
    }
  }
}
