import { badModel } from "../../checkpoint/badModel.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { InstructionEncoder } from "./InstructionEncoder.ts";

/** Two encoders whose states stand side by side, `[1, T, A]` and `[1, T, B]` → `[1, T, A + B]`; pooled by the second. */
export function besideWidths(a: InstructionEncoder, b: InstructionEncoder): InstructionEncoder {
  return joined(a, b, { width: a.width + b.width, pooled: b }, (left, right) => {
    const tokens = left.dims[1]!;
    const data = new Float32Array(left.data.length + right.data.length);
    for (let i = 0; i < tokens; i++) {
      data.set(left.data.subarray(i * a.width, (i + 1) * a.width), i * (a.width + b.width));
      data.set(right.data.subarray(i * b.width, (i + 1) * b.width), i * (a.width + b.width) + a.width);
    }
    return { dims: [1, tokens, a.width + b.width], data };
  });
}

/**
 * Two encoders of one width whose tokens follow one another, `[1, S, W]` and `[1, T, W]` → `[1, S + T, W]`; pooled by the
 * first.
 * @param label the second encoder's folder, for the message
 * @throws EmendError `bad_model` when the widths differ
 */
export function besideTokens(a: InstructionEncoder, b: InstructionEncoder, label: string): InstructionEncoder {
  if (a.width !== b.width) {
    const hint = "text_projection must bring both to one width";
    throw badModel(label, `its states have ${b.width} numbers, those of text_encoder ${a.width}; ${hint}`);
  }
  return joined(a, b, { width: a.width, pooled: a }, (first, second) => {
    const data = new Float32Array(first.data.length + second.data.length);
    data.set(first.data);
    data.set(second.data, first.data.length);
    return { dims: [1, first.dims[1]! + second.dims[1]!, a.width], data };
  });
}

function joined(
  a: InstructionEncoder,
  b: InstructionEncoder,
  { width, pooled }: { width: number; pooled: InstructionEncoder },
  join: (a: TensorData, b: TensorData) => TensorData,
): InstructionEncoder {
  return {
    width,
    pooledWidth: pooled.pooledWidth,
    async encode(text) {
      const [first, second] = [await a.encode(text), await b.encode(text)];
      return { states: join(first.states, second.states), pooled: (pooled === a ? first : second).pooled };
    },
    async close() {
      await Promise.all([a.close(), b.close()]);
    },
  };
}
