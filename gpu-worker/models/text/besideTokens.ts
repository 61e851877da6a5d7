import { badModel } from "../../checkpoint/badModel.ts";
import type { InstructionEncoder } from "./InstructionEncoder.ts";
import { joinEncoders } from "./joinEncoders.ts";

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
  return joinEncoders(a, b, { tokens: a.tokens + b.tokens, width: a.width, pooled: a }, (first, second) => {
    const data = new Float32Array(first.data.length + second.data.length);
    data.set(first.data);
    data.set(second.data, first.data.length);
    return { dims: [1, first.dims[1]! + second.dims[1]!, a.width], data };
  });
}
