import type { TensorData } from "../../graph/TensorData.ts";
import type { WeightSource } from "../layers/Scope.ts";

/** Keys and values beside the text's in every cross-attention of a U-Net (IP-Adapter; AnySD's experts). */
export interface UNetExpert {
  readonly name: string;
  /** Weights "….attn2.to_k_ip.weight" and "….attn2.to_v_ip.weight". */
  readonly weights: WeightSource;
  /** What it attends to behind the task's vector: `[1, tokens, cross_attention_dim]`. */
  readonly tokens: TensorData;
  /** Its share beside the text's. */
  readonly scale: number;
}
