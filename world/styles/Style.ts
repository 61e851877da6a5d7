import type { Picture } from "../../gpu-worker/image/Picture.ts";

/** An art medium. `apply` works on any picture, keeps its size, and has no randomness. */
export interface Style {
  readonly name: string;
  /** How a caption begins: "a pencil sketch of". */
  readonly caption: string;
  /** Nouns for "turn it into …", each with its article. */
  readonly nouns: readonly string[];
  readonly apply: (picture: Picture) => Picture;
}
