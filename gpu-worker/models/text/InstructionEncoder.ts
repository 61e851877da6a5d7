import type { EncodedText } from "../EditModel.ts";

/** A checkpoint's way from an instruction to what the U-Net is conditioned on. */
export interface InstructionEncoder {
  /** Text states per instruction. */
  readonly tokens: number;
  /** Width of a text state. */
  readonly width: number;
  /** Width of the pooled state. */
  readonly pooledWidth: number;
  encode(text: string): Promise<EncodedText>;
  close(): Promise<void>;
}
