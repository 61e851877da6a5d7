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
