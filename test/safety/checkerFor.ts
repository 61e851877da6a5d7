import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { writeSafetensors } from "../../gpu-worker/checkpoint/writeSafetensors.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { ConceptChecker } from "../../gpu-worker/safety/ConceptChecker.ts";
import { ImageProcessor } from "../../gpu-worker/safety/ImageProcessor.ts";
import type { SafetySetting } from "../../gpu-worker/safety/SafetySetting.ts";
import { goldenFolder } from "../models/golden.ts";

const dim = 16;

/**
 * A folder as a checkpoint has it, with `safety_checker` and `feature_extractor`, whose only concept is what the
 * first picture has and the others have not: that one is unsafe, and they are not.
 */
export async function checkerFor(unsafe: Picture, ...safe: readonly Picture[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "emend-checker-"));
  cpSync(goldenFolder("safety-checker"), folder, { recursive: true });
  const part = new CheckpointPart(folder, "safety_checker");
  const extractor = new CheckpointPart(folder, "feature_extractor");
  const checker = await ConceptChecker.open("test", part, extractor, { device: "cpu", threads: 1 });
  const processor = await ImageProcessor.open(extractor, "clip", 28);
  const embed = (picture: Picture) => checker.embed(processor.pixels(picture).data);
  const [wanted, ...others] = await Promise.all([unsafe, ...safe].map(embed));
  // What the first has and the others have not: to a tiny random network all pictures look much alike.
  const concept = Float32Array.from(without(wanted!, others));
  const share = cosine(wanted!, concept);
  await checker.close();
  if (share < 0.01) throw new Error(`to the tiny network these pictures look alike (${share})`);

  const store = await openTensors(part, "model");
  const kept = [...store.tensors].filter(([name]) => !/concept_embeds|special_care/.test(name));
  const weights = await Promise.all(
    kept.map(async ([name, { dims }]) => [name, { dims, data: await store.read(name, dims) }] as const),
  );
  const set = (name: string, count: number, threshold: number) => ({
    [name]: { dims: [count, dim], data: Float32Array.from({ length: count * dim }, (_, i) => concept[i % dim]!) },
    [`${name}_weights`]: { dims: [count], data: new Float32Array(count).fill(threshold) },
  });
  const concepts = { ...set("concept_embeds", 17, share / 2), ...set("special_care_embeds", 3, 2) };
  const file = join(folder, "safety_checker/model.safetensors");
  writeFileSync(file, writeSafetensors({ ...Object.fromEntries(weights), ...concepts }, { format: "pt" }));
  return folder;
}

/** The setting that names it. */
export const settingOf = (folder: string): SafetySetting => ({
  checker: { folder, name: "a test's checker" },
  labels: [],
  threshold: 0.5,
});

/** Deletes the folder after the test. */
export function deletedAfterwards(folder: string): string {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The part of a vector that is at right angles to the others (Gram and Schmidt). */
function without(vector: Float32Array, others: readonly Float32Array[]): number[] {
  let left = [...vector];
  const axes: number[][] = [];
  for (const other of others) {
    let axis = [...other];
    for (const known of axes) axis = minus(axis, known);
    axes.push(axis);
    left = minus(left, axis);
  }
  return left;
}

/** a without its share along b. */
function minus(a: readonly number[], b: readonly number[]): number[] {
  const share = dot(a, b) / dot(b, b);
  return a.map((value, i) => value - share * b[i]!);
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
