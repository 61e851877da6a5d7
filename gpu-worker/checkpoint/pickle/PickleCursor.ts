import { badModel } from "../badModel.ts";

/** Module and name of a global, a line each. */
const maxLine = 512;

/** Python may write half of a surrogate pair, three bytes that no UTF-8 has; no weight is called that. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a pickle from the front. Nothing that stands in it makes it read, or reserve, more than is there. */
export class PickleCursor {
  readonly #label: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(label: string, bytes: Uint8Array) {
    this.#label = label;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A length of eight bytes; beyond 2^53 it is rounded, and then longer than any file. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  f64(): number {
    return this.#view.getFloat64(this.#advance(8)); // the only number that has its high byte first
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    try {
      return utf8.decode(this.bytes(length));
    } catch (error) {
      if (error instanceof TypeError)
        throw badModel(this.#label, "is damaged: a text in its pickle is not UTF-8", error);
      throw error;
    }
  }

  line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    const length = end - this.#at;
    if (end < 0 || length > maxLine) throw badModel(this.#label, "is damaged: a name in its pickle has no end");
    const line = this.text(length);
    this.#at = end + 1;
    return line;
  }

  #advance(length: number): number {
    if (length > this.remaining) throw this.#ends(`${length} bytes`);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  #ends(wanted: string) {
    return badModel(this.#label, `is damaged: its pickle ends where ${wanted} should follow; download it again`);
  }
}
