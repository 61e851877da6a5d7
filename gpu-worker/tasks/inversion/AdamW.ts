export interface AdamWState {
  /** Moving averages of the gradient and of its square, `[n]` each. */
  readonly mean: Float32Array;
  readonly square: Float32Array;
  steps: number;
}

const beta1 = 0.9;
const beta2 = 0.99;
const epsilon = 1e-8;

export const newAdamWState = (size: number): AdamWState => ({
  mean: new Float32Array(size),
  square: new Float32Array(size),
  steps: 0,
});

/** One step of AdamW (Loshchilov & Hutter 2019) on `values`, in place. @param decay weight decay, times the rate */
export function adamW(
  values: Float32Array,
  gradient: Float32Array,
  state: AdamWState,
  { rate, decay = 0 }: { rate: number; decay?: number },
): void {
  state.steps++;
  const [bias1, bias2] = [1 - beta1 ** state.steps, 1 - beta2 ** state.steps];
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]!;
    state.mean[i] = beta1 * state.mean[i]! + (1 - beta1) * g;
    state.square[i] = beta2 * state.square[i]! + (1 - beta2) * g * g;
    const direction = state.mean[i]! / bias1 / (Math.sqrt(state.square[i]! / bias2) + epsilon);
    values[i] = values[i]! * (1 - rate * decay) - rate * direction;
  }
}
