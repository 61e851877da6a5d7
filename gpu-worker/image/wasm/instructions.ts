/*
 * The WebAssembly instructions that the kernels here use, as bytes (core specification 2.0, §5.4). An operand is the
 * code that leaves it on the stack, so that expressions nest as they are read.
 */

/** Code that leaves one value on the stack, or none. */
export type Code = readonly number[];

/** Value types. */
export const i32 = 0x7f;
export const f32 = 0x7d;
export const v128 = 0x7b;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128 of a 32-bit number. */
function signed(value: number): number[] {
  const ends = value >= -0x40 && value < 0x40;
  return ends ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const unary =
  (opcode: Code) =>
  (a: Code): Code => [...a, ...opcode];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const add = binary([0x6a]);
export const subtract = binary([0x6b]);
/** Repeats `body` while `condition`, which is looked at after it. */
export const repeat = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0x00, 0x0b];

/** 16 bytes from an address, on any alignment. */
export const load = (address: Code, offset = 0): Code => [...address, ...simd(0x00), 0, ...unsigned(offset)];
export const store = (address: Code, value: Code): Code => [...address, ...value, ...simd(0x0b), 0, 0];
export const bytes = (values: readonly number[]): Code => [...simd(0x0c), ...values];
export const floats = (values: readonly number[]): Code => bytes([...new Uint8Array(new Float32Array(values).buffer)]);
/** Byte i of the result is byte `lanes[i]` of a (0 … 15) and b (16 … 31). */
export const shuffle = (a: Code, b: Code, lanes: readonly number[]): Code => [...a, ...b, ...simd(0x0d), ...lanes];
export const splatFloat = unary(simd(0x13));
export const addFloats = binary(simd(0xe4));
export const subtractFloats = binary(simd(0xe5));
export const multiplyFloats = binary(simd(0xe6));
/** Towards zero; saturating. */
export const truncate = unary(simd(0xf8));
export const toFloats = unary(simd(0xfa));
/** Two times four 32-bit integers to eight of 16 bits, two times eight of those to 16 bytes without sign; saturating. */
export const narrowTo16 = binary(simd(0x85));
export const narrowToBytes = binary(simd(0x66));
