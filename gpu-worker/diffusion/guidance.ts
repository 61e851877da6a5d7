/** The three conditionings of InstructPix2Pix: picture and instruction, picture only, neither. */
export type Branch = "both" | "image" | "none";

/**
 * Dual classifier-free guidance, METHOD §1 in its merged form: u + s_I (i − u) + s_T (c − i)
 * = s_T · c + (s_I − s_T) · i + (1 − s_I) · u. A branch of weight zero is left out: s_I = 1 leaves two,
 * s_T = s_I = 1 leaves one.
 */
export function branchWeights(textGuidance: number, imageGuidance: number): ReadonlyMap<Branch, number> {
  const weights: [Branch, number][] = [
    ["both", textGuidance],
    ["image", imageGuidance - textGuidance],
    ["none", 1 - imageGuidance],
  ];
  return new Map(weights.filter(([, weight]) => weight !== 0));
}

/**
 * The weighted sum of the branches' predictions, each `[n]`.
 * @param together all branches are asked for at once, so that they can share an evaluation, rather than one after the
 *   other (on CPU a batch of three costs exactly three evaluations)
 */
export async function guide(
  weights: ReadonlyMap<Branch, number>,
  evaluate: (branch: Branch) => Promise<Float32Array>,
  together = false,
): Promise<Float32Array> {
  const branches = [...weights.keys()];
  const predictions = together ? await Promise.all(branches.map(evaluate)) : undefined;
  let sum: Float64Array | undefined;
  for (const [at, [branch, weight]] of [...weights].entries()) {
    const prediction = predictions?.[at] ?? (await evaluate(branch));
    if (weights.size === 1) return prediction; // its weight is 1: the weights sum to 1
    sum ??= new Float64Array(prediction.length);
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * prediction[i]!;
  }
  return Float32Array.from(sum ?? []);
}
