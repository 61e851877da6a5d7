import { badModel } from "../badModel.ts";
import { shorten } from "../shorten.ts";
import { InertObject } from "./InertObject.ts";
import { opcodes } from "./opcodes.ts";
import { PickleCursor } from "./PickleCursor.ts";
import { PickledTensor } from "./PickledTensor.ts";
import { PickleGlobal } from "./PickleGlobal.ts";
import { PickleTuple } from "./PickleTuple.ts";
import type { PickleValue } from "./PickleValue.ts";

/** What a pickle may mention, and what it gets for it. */
export interface PickleWorld {
  /** Meanings of the names that are allowed, by "module.name"; any other is refused. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** What a persistent id stands for: in PyTorch's files, a storage. @throws EmendError `bad_model` */
  readonly persistent: (id: PickleValue) => PickleValue;
}

/** The pickle of a whole checkpoint with its optimizer takes 1 MB; this much is worked through in 0.3 s. */
export const maxPickleBytes = 4 * 1024 * 1024;
/** Containers, calls and notes of them: some twenty for each tensor, 100,000 with an optimizer. Each costs up to 200 bytes. */
const maxObjects = 400_000;
/** Python's integers have no limit; sizes and counters take eight bytes. */
const maxIntegerBytes = 16;
const newestProtocol = 5;

/**
 * Runs a pickle on a machine that cannot call anything: the only functions are those of `world`, the only names those of
 * `world`, and the operations are those that PyTorch's files are made of. Any other name or operation ends the reading.
 * @param label how messages name the file
 * @throws EmendError `bad_model` that names what was refused
 */
export function unpickle(label: string, bytes: Uint8Array, world: PickleWorld): PickleValue {
  if (bytes.length > maxPickleBytes)
    throw badModel(label, `has a pickle of ${bytes.length} bytes; at most ${maxPickleBytes}`);
  return new Machine(label, bytes, world).run();
}

const nothingRan = "nothing of it was executed; use the model's safetensors instead, or none of this origin";

class Machine {
  readonly #label: string;
  readonly #cursor: PickleCursor;
  readonly #world: PickleWorld;
  #stack: PickleValue[] = [];
  /** The stacks below the open marks. */
  readonly #below: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();
  #objects = 0;

  /** The operations that PyTorch's files are made of. There is no other. */
  readonly #operations: ReadonlyMap<string, () => void> = new Map(
    Object.entries({
      PROTO: () => this.#protocol(this.#cursor.u8()),
      FRAME: () => this.#frame(this.#cursor.u64()),

      NONE: () => this.#push(null),
      NEWTRUE: () => this.#push(true),
      NEWFALSE: () => this.#push(false),
      BININT: () => this.#push(this.#cursor.i32()),
      BININT1: () => this.#push(this.#cursor.u8()),
      BININT2: () => this.#push(this.#cursor.u16()),
      LONG1: () => this.#push(this.#integer(this.#cursor.u8())),
      BINFLOAT: () => this.#push(this.#cursor.f64()),
      BINUNICODE: () => this.#push(this.#cursor.text(this.#cursor.u32())),
      SHORT_BINUNICODE: () => this.#push(this.#cursor.text(this.#cursor.u8())),
      BINBYTES: () => this.#push(this.#cursor.bytes(this.#cursor.u32())),
      SHORT_BINBYTES: () => this.#push(this.#cursor.bytes(this.#cursor.u8())),

      MARK: () => this.#mark(),
      EMPTY_TUPLE: () => this.#make(new PickleTuple([])),
      TUPLE1: () => this.#make(new PickleTuple(this.#popMany(1))),
      TUPLE2: () => this.#make(new PickleTuple(this.#popMany(2))),
      TUPLE3: () => this.#make(new PickleTuple(this.#popMany(3))),
      TUPLE: () => this.#make(new PickleTuple(this.#popToMark())),
      EMPTY_LIST: () => this.#make([]),
      EMPTY_DICT: () => this.#make(new Map()),
      APPEND: () => this.#append(this.#popMany(1)),
      APPENDS: () => this.#append(this.#popToMark()),
      SETITEM: () => this.#setItems(this.#popMany(2)),
      SETITEMS: () => this.#setItems(this.#popToMark()),

      BINPUT: () => this.#remember(this.#cursor.u8()),
      LONG_BINPUT: () => this.#remember(this.#cursor.u32()),
      MEMOIZE: () => this.#remember(this.#memo.size),
      BINGET: () => this.#recall(this.#cursor.u8()),
      LONG_BINGET: () => this.#recall(this.#cursor.u32()),

      GLOBAL: () => this.#global(this.#cursor.line(), this.#cursor.line()),
      STACK_GLOBAL: () => this.#global(...(this.#popMany(2) as [PickleValue, PickleValue])),
      BINPERSID: () => this.#push(this.#world.persistent(this.#pop())),
      REDUCE: () => this.#call("REDUCE"),
      NEWOBJ: () => this.#call("NEWOBJ"),
      BUILD: () => this.#build(),
    }),
  );

  constructor(label: string, bytes: Uint8Array, world: PickleWorld) {
    this.#label = label;
    this.#cursor = new PickleCursor(label, bytes);
    this.#world = world;
  }

  run(): PickleValue {
    for (;;) {
      const opcode = this.#cursor.u8();
      const name = opcodes[opcode];
      if (name === "STOP") return this.#result();
      const operation = name === undefined ? undefined : this.#operations.get(name);
      if (!operation) throw this.#refuse(`the operation ${name ?? `0x${opcode.toString(16)}`}`);
      operation();
    }
  }

  #result(): PickleValue {
    const result = this.#pop();
    if (this.#stack.length + this.#below.length > 0) throw this.#damaged("its pickle leaves values over");
    const { remaining } = this.#cursor;
    if (remaining > 0) throw this.#damaged(`${remaining} bytes follow the end of its pickle`);
    return result;
  }

  #protocol(version: number): void {
    if (version > newestProtocol) throw this.#damaged(`pickle protocol ${version} is not known`);
  }

  #frame(length: number): void {
    if (length > this.#cursor.remaining) throw this.#damaged(`a frame of ${length} bytes goes beyond its pickle`);
  }

  #mark(): void {
    this.#count();
    this.#below.push(this.#stack);
    this.#stack = [];
  }

  #push(value: PickleValue): void {
    this.#stack.push(value);
  }

  #make(value: PickleValue): void {
    this.#count();
    this.#push(value);
  }

  /** Called for everything that takes memory of its own. */
  #count(): void {
    if (++this.#objects > maxObjects) throw badModel(this.#label, `makes more than ${maxObjects} objects`);
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw this.#damaged("its pickle takes a value that is not there");
    return value;
  }

  #popMany(count: number): PickleValue[] {
    if (this.#stack.length < count) throw this.#damaged("its pickle takes a value that is not there");
    return this.#stack.splice(-count, count);
  }

  #popToMark(): PickleValue[] {
    const items = this.#stack;
    const below = this.#below.pop();
    if (!below) throw this.#damaged("its pickle closes what was not opened");
    this.#stack = below;
    return items;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.#damaged("its pickle takes a value that is not there");
    return value;
  }

  #remember(place: number): void {
    this.#count();
    this.#memo.set(place, this.#top());
  }

  #recall(place: number): void {
    const value = this.#memo.get(place);
    if (value === undefined) throw this.#damaged(`its pickle recalls value ${place}, which it did not store`);
    this.#push(value);
  }

  #integer(length: number): number | bigint {
    if (length > maxIntegerBytes) throw badModel(this.#label, `holds an integer of ${length} bytes`);
    const bytes = this.#cursor.bytes(length);
    if (length === 0) return 0;
    const digits = Buffer.from(bytes).reverse().toString("hex");
    const value = BigInt.asIntN(8 * length, BigInt(`0x${digits}`)); // two's complement, low byte first
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }

  #append(items: readonly PickleValue[]): void {
    const list = this.#top();
    if (Array.isArray(list)) for (const item of items) list.push(item);
    else if (!(list instanceof InertObject)) throw this.#damaged("its pickle appends to what is not a list");
  }

  #setItems(items: readonly PickleValue[]): void {
    const dictionary = this.#top();
    if (items.length % 2 !== 0) throw this.#damaged("its pickle has a key without a value");
    if (dictionary instanceof Map) {
      for (let i = 0; i < items.length; i += 2) dictionary.set(items[i], items[i + 1]);
    } else if (!(dictionary instanceof InertObject)) {
      throw this.#damaged("its pickle sets a key of what is not a dictionary");
    }
  }

  #global(module: PickleValue, name: PickleValue): void {
    if (typeof module !== "string" || typeof name !== "string") throw this.#refuse("a name that is computed");
    const full = `${module}.${name}`;
    const meaning = this.#world.globals.get(full);
    if (!meaning) throw this.#refuse(`"${shorten(full)}"`);
    this.#push(meaning);
  }

  #call(operation: string): void {
    const [callee, args] = this.#popMany(2);
    if (!(callee instanceof PickleGlobal)) throw this.#refuse("a call of what is not a name");
    if (!(args instanceof PickleTuple)) throw this.#damaged(`${callee.name} is called without a tuple`);
    const called = operation === "REDUCE" ? callee.build?.(args) : undefined;
    const built = callee.inert ? new InertObject(callee.name) : called;
    if (built === undefined) throw this.#refuse(`${callee.name}, called in a way that PyTorch never does`);
    this.#make(built);
  }

  /** Attributes. Of a state dictionary only `_metadata` (versions of its modules) is known, and not needed. */
  #build(): void {
    const state = this.#pop();
    const target = this.#top();
    if (target instanceof InertObject) return;
    const harmless = target instanceof Map && state instanceof Map && [...state.keys()].join() === "_metadata";
    if (!harmless) throw this.#refuse(`attributes of ${target instanceof PickledTensor ? "a tensor" : "a value"}`);
  }

  #refuse(what: string) {
    return badModel(this.#label, `is refused: its pickle asks for ${what}, which weights do not need; ${nothingRan}`);
  }

  #damaged(problem: string) {
    return badModel(this.#label, `is damaged: ${problem}; download it again`);
  }
}
