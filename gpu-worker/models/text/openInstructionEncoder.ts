import type { Checkpoint } from "../../checkpoint/Checkpoint.ts";
import { ClipTextEncoder } from "../clip/ClipTextEncoder.ts";
import type { EncodedText } from "../EditModel.ts";
import { LruCache } from "../LruCache.ts";
import type { ModelContext } from "../ModelContext.ts";
import { T5TextEncoder } from "../t5/T5TextEncoder.ts";
import { besideTokens } from "./besideTokens.ts";
import { besideWidths } from "./besideWidths.ts";
import type { InstructionEncoder } from "./InstructionEncoder.ts";
import { TextProjection } from "./TextProjection.ts";

/** An edit asks for two texts, a conversation for a few more. */
const cacheSize = 32;

/**
 * The text encoders that a checkpoint has, as one: CLIP (Stable Diffusion 1 and 2), two CLIPs side by side (SDXL), or CLIP
 * and T5 one after the other (Emu Edit).
 * @param zeroEmpty SDXL's `force_zeros_for_empty_prompt`: no instruction is all zeros
 * @throws EmendError `bad_model`
 */
export async function openInstructionEncoder(
  checkpoint: Pick<Checkpoint, "has" | "part">,
  zeroEmpty: boolean,
  context: ModelContext,
): Promise<InstructionEncoder> {
  const has = (name: string) => checkpoint.has(name);
  const part = (name: string) => checkpoint.part(name);
  if (has("text_encoder_2")) {
    const first = { layer: "penultimate", pooled: "none" } as const;
    const second = { layer: "penultimate", pooled: "projected" } as const;
    const both = besideWidths(
      await ClipTextEncoder.open(part("text_encoder"), part("tokenizer"), context, first),
      await ClipTextEncoder.open(part("text_encoder_2"), part("tokenizer_2"), context, second),
    );
    return cached(both, zeroEmpty);
  }
  const projectionOf = has("text_projection") ? await TextProjection.open(part("text_projection")) : () => undefined;
  const projection = projectionOf("clip");
  const clip = await ClipTextEncoder.open(part("text_encoder"), part("tokenizer"), context, { projection });
  if (!has("text_encoder_t5")) return cached(clip, false);
  const t5 = await T5TextEncoder.open(part("text_encoder_t5"), part("tokenizer_t5"), context, projectionOf("t5"));
  return cached(besideTokens(clip, t5, part("text_encoder_t5").label), false);
}

/** Remembers the last texts. */
function cached(encoder: InstructionEncoder, zeroEmpty: boolean): InstructionEncoder {
  const texts = new LruCache<string, EncodedText>(cacheSize);
  const { tokens, width, pooledWidth } = encoder;
  return {
    tokens,
    width,
    pooledWidth,
    async encode(text) {
      const known = texts.get(text);
      if (known) return known;
      const encoded = await encoder.encode(text);
      const kept = zeroEmpty && text === "" ? zeros(encoded) : encoded;
      texts.set(text, kept);
      return kept;
    },
    close: () => encoder.close(),
  };
}

const zeros = ({ states, pooled }: EncodedText): EncodedText => ({
  states: { dims: states.dims, data: new Float32Array(states.data.length) },
  pooled: new Float32Array(pooled.length),
});
