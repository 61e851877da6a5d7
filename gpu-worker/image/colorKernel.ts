import { mapSize } from "./affineMaps.ts";
import { assembleModule } from "./wasm/assembleModule.ts";
import * as w from "./wasm/instructions.ts";

/**
 * Sends one row of pixels through colour maps that are given every `cell` pixels and linear in between, and linear too
 * between two such rows of maps (four pixels at a time; JavaScript takes five times as long).
 *
 * All addresses are bytes in the memory. Cells are whole: up to 4 bytes past the last are read and written.
 * @param source, result of the first cell: 3 bytes per pixel
 * @param above, below maps at the first cell's left end in the rows of maps around this row: `[cells + 1][12]` float32
 * @param cells how many, at least 1
 * @param groups pixels per cell / 4
 * @param across 1 / pixels per cell
 * @param down how far this row is from `above` to `below`, 0 … 1
 */
export type ColorKernel = (
  source: number,
  result: number,
  above: number,
  below: number,
  cells: number,
  groups: number,
  across: number,
  down: number,
) => void;

const [source, result, above, below, cells, groups, across, down, group] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** Locals that hold vectors: three of maps at the cell's left end and at its right, then 12 of four values and 12 steps. */
const vectors = 9;
const left = (i: number) => vectors + i;
const right = (i: number) => vectors + 3 + i;
const value = (i: number) => vectors + 6 + i;
const step = (i: number) => vectors + 6 + mapSize + i;
const pixel = (channel: number) => vectors + 6 + 2 * mapSize + channel;
const vectorCount = 6 + 2 * mapSize + 3;
const three = [0, 1, 2];
const twelve = Array.from({ length: mapSize }, (_, i) => i);

const advance = (local: number, by: number) => w.set(local, w.add(w.get(local), w.constant(by)));
const countDown = (local: number) => w.set(local, w.subtract(w.get(local), w.constant(1)));

/** 4 × 3 of the maps at `offset` bytes from the current cell, between the rows. */
const mix = (i: number, offset: number): w.Code => {
  const [a, b] = [above, below].map((row) => w.load(w.get(row), offset + 16 * i)) as [w.Code, w.Code];
  return w.addFloats(a, w.multiplyFloats(w.subtractFloats(b, a), w.splatFloat(w.get(down))));
};

/** One of a vector's four numbers, four times. */
const repeatLane = (vector: w.Code, lane: number): w.Code =>
  w.shuffle(
    vector,
    vector,
    Array.from({ length: 16 }, (_, i) => 4 * lane + (i % 4)),
  );

/** Four pixels' values of one channel, from 12 bytes. */
const channelOf = (bytes: w.Code, channel: number): w.Code => {
  const lanes = Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? (3 * i) / 4 + channel : 16));
  return w.toFloats(w.shuffle(bytes, w.bytes(Array(16).fill(0)), lanes));
};

/** Four values of the result's channel: M · source + t. */
const mapped = (o: number): w.Code => {
  const [r, g, b] = three.map((c) => w.multiplyFloats(w.get(value(3 * o + c)), w.get(pixel(c)))) as [
    w.Code,
    w.Code,
    w.Code,
  ];
  return w.truncate(w.addFloats(w.addFloats(r, g), w.addFloats(b, w.get(value(9 + o)))));
};

const fourPixels: w.Code = [
  ...three.flatMap((c) => w.set(pixel(c), channelOf(w.load(w.get(source)), c))),
  ...w.store(
    w.get(result),
    w.shuffle(
      w.narrowToBytes(w.narrowTo16(mapped(0), mapped(1)), w.narrowTo16(mapped(2), w.bytes(Array(16).fill(0)))),
      w.bytes(Array(16).fill(0)),
      [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, 12, 12, 12, 12],
    ),
  ),
  ...twelve.flatMap((i) => w.set(value(i), w.addFloats(w.get(value(i)), w.get(step(i))))),
  ...advance(source, 12),
  ...advance(result, 12),
];

const oneCell: w.Code = [
  ...three.flatMap((i) => w.set(right(i), mix(i, 4 * mapSize))),
  ...twelve.flatMap((i) => {
    const from = Math.floor(i / 4);
    const slope = w.multiplyFloats(
      repeatLane(w.subtractFloats(w.get(right(from)), w.get(left(from))), i % 4),
      w.splatFloat(w.get(across)),
    );
    const corner = repeatLane(w.get(left(from)), i % 4);
    // `truncate` rounds down, so t gets a half.
    const first = i < 9 ? corner : w.addFloats(corner, w.floats(Array(4).fill(0.5)));
    return [
      ...w.set(step(i), slope),
      ...w.set(value(i), w.addFloats(first, w.multiplyFloats(w.get(step(i)), w.floats([0, 1, 2, 3])))),
      ...w.set(step(i), w.multiplyFloats(w.get(step(i)), w.floats([4, 4, 4, 4]))),
    ];
  }),
  ...w.set(group, w.get(groups)),
  ...w.repeat([...fourPixels, ...countDown(group)], w.get(group)),
  ...three.flatMap((i) => w.set(left(i), w.get(right(i)))),
  ...advance(above, 4 * mapSize),
  ...advance(below, 4 * mapSize),
];

const body: w.Code = [
  ...three.flatMap((i) => w.set(left(i), mix(i, 0))),
  ...w.repeat([...oneCell, ...countDown(cells)], w.get(cells)),
];

let module: WebAssembly.Module | undefined;

/** The kernel over a memory of at least one page. */
export function colorKernel(memory: WebAssembly.Memory): ColorKernel {
  module ??= new WebAssembly.Module(
    assembleModule({
      name: "transform",
      parameters: [...Array(6).fill(w.i32), w.f32, w.f32],
      locals: [w.i32, ...Array(vectorCount).fill(w.v128)],
      body,
    }),
  );
  return new WebAssembly.Instance(module, { env: { memory } }).exports.transform as ColorKernel;
}
