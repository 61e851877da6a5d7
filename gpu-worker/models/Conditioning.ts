/** What task inversion learns: it joins what the U-Net is conditioned on, everything else stays frozen (METHOD §4). */
export interface Conditioning {
  /** A vector of the task table, `[dim]`; only for checkpoints that have such a table. */
  readonly task?: Float32Array;
  /** Added to the last `k` text states, `[k · width]`: padding, unless the instruction is very long. Zeros change nothing. */
  readonly tokens?: Float32Array;
  /** Added to the time embedding, `[time width]`; only for checkpoints without a table. Zeros change nothing. */
  readonly time?: Float32Array;
}
