import type { TensorData } from "../../graph/TensorData.ts";
import type { InstructionEncoder } from "./InstructionEncoder.ts";

/** Two encoders as one: states by `join`, the pooled state of one of them. */
export function joinEncoders(
  a: InstructionEncoder,
  b: InstructionEncoder,
  { tokens, width, pooled }: { tokens: number; width: number; pooled: InstructionEncoder },
  join: (a: TensorData, b: TensorData) => TensorData,
): InstructionEncoder {
  return {
    tokens,
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
