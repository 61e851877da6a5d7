import type { InstructionEncoder } from "./InstructionEncoder.ts";
import { joinEncoders } from "./joinEncoders.ts";

/** Two encoders whose states stand side by side, `[1, T, A]` and `[1, T, B]` → `[1, T, A + B]`; pooled by the second. */
export function besideWidths(a: InstructionEncoder, b: InstructionEncoder): InstructionEncoder {
  return joinEncoders(a, b, { tokens: a.tokens, width: a.width + b.width, pooled: b }, (left, right) => {
    const tokens = left.dims[1]!;
    const data = new Float32Array(left.data.length + right.data.length);
    for (let i = 0; i < tokens; i++) {
      data.set(left.data.subarray(i * a.width, (i + 1) * a.width), i * (a.width + b.width));
      data.set(right.data.subarray(i * b.width, (i + 1) * b.width), i * (a.width + b.width) + a.width);
    }
    return { dims: [1, tokens, a.width + b.width], data };
  });
}
