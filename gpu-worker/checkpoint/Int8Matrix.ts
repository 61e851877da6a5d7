import type { TensorStore } from "./TensorStore.ts";

/** A weight matrix as int8 codes `[rows, width]` with a scale for each row: weight = codes · scale. */
export class Int8Matrix {
  readonly rows: number;
  readonly width: number;
  readonly #codes: Int8Array;
  readonly #scale: Float32Array;

  private constructor(rows: number, width: number, codes: Int8Array, scale: Float32Array) {
    this.rows = rows;
    this.width = width;
    this.#codes = codes;
    this.#scale = scale;
  }

  /** Reads `name` and its scales, `NAME_scale`. @throws EmendError `bad_model` */
  static async read(store: TensorStore, name: string, rows: number, width: number): Promise<Int8Matrix> {
    const codes = await store.readInt8(name, [rows, width]);
    return new Int8Matrix(rows, width, codes, await store.read(`${name}_scale`, [rows]));
  }

  /** Writes one row as float32 into `out` from `at` on. */
  copyRow(row: number, out: Float32Array, at: number): void {
    const scale = this.#scale[row]!;
    const start = row * this.width;
    for (let i = 0; i < this.width; i++) out[at + i] = this.#codes[start + i]! * scale;
  }

  /** The whole matrix as float32. */
  toFloat32(): Float32Array {
    const weights = new Float32Array(this.rows * this.width);
    for (let row = 0; row < this.rows; row++) this.copyRow(row, weights, row * this.width);
    return weights;
  }
}
