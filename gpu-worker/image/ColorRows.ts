/** An edit's colours at the source's resolution, a row at a time. */
export interface ColorRows {
  /**
   * The row's pixels as the edit has them, `[width × 3]`; only those from `start` to before `end` count. Valid until the
   * next call.
   */
  row(y: number, start: number, end: number): Uint8Array;
}
