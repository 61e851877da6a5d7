/** An op was given tensors that do not fit: a mistake in a model's code, never in a checkpoint (those are checked before). */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";

  constructor(op: string, problem: string) {
    super(`${op}: ${problem}`);
  }
}
