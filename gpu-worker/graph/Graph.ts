import { createHash } from "node:crypto";
import type { DataType } from "./DataType.ts";
import { bytesPerElement } from "./DataType.ts";
import type { Device, Precision } from "./Device.ts";
import { type InitializerSource, isFileRange } from "./Initializer.ts";
import type { Attribute, OnnxNode } from "./OnnxNode.ts";
import type { Application, Op } from "./Op.ts";
import { ShapeError } from "./ShapeError.ts";
import { sizeOf } from "./shapes.ts";
import type { Value } from "./Value.ts";

export interface Initializer {
  readonly value: Value;
  readonly source: InitializerSource;
}

export interface NodeOptions {
  readonly attributes?: Record<string, Attribute>;
  readonly domain?: OnnxNode["domain"];
  /** Element type of the results; default: that of the first input. */
  readonly type?: DataType;
}

/**
 * A network under construction. Ops (`ops/*.ts`) are functions of a graph and values; every use of one is kept on the
 * tape, from which the gradient is built, and the ONNX nodes it emitted are what `Session` runs.
 */
export class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly inputs = new Map<string, Value>();
  readonly outputs = new Map<string, Value>();
  readonly initializers: Initializer[] = [];
  readonly tape: Application[] = [];
  /** Execution provider the graph is built for: ops emit what is fastest there. */
  readonly device: Device;
  /** Element type of the weights and of what is computed with them; norms and softmax compute in float32 either way. */
  readonly precision: Precision;
  /** By name, images `[N, C, H, W]` that are also there with their channels last: see ops/layout.ts. */
  readonly channelsLast = new Map<string, Value>();
  readonly #constants = new Map<string, Value>();
  #count = 0;
  #depth = 0;

  constructor(device: Device = "cpu", precision: Precision = "float32") {
    this.device = device;
    this.precision = precision;
  }

  /** A value that is fed at every run. */
  input(name: string, dims: readonly number[], type: DataType = "float32"): Value {
    if (this.inputs.has(name)) throw new Error(`the graph already has an input ${name}`);
    const value = { name, type, dims };
    this.inputs.set(name, value);
    return value;
  }

  /** Makes `value` a result of a run, under `name`. */
  output(name: string, value: Value): void {
    if (this.outputs.has(name)) throw new Error(`the graph already has an output ${name}`);
    this.outputs.set(name, value);
  }

  /** A constant whose bytes (little endian) are given, or lie in a file. */
  initializer(name: string, dims: readonly number[], source: InitializerSource, type: DataType = "float32"): Value {
    const bytes = isFileRange(source) ? source.length : source.byteLength;
    if (bytes !== sizeOf(dims) * bytesPerElement[type]) {
      throw new ShapeError(name, `${bytes} bytes do not make [${dims.join(", ")}] ${type}`);
    }
    const known = this.#constants.get(name);
    if (known) return known;
    const value = { name, type, dims };
    this.#constants.set(name, value);
    this.initializers.push({ value, source });
    return value;
  }

  /** A small constant; equal ones are shared. A number makes a scalar. */
  constant(
    data: number | readonly number[] | Float32Array,
    dims?: readonly number[],
    type: Precision = "float32",
  ): Value {
    const numbers = typeof data === "number" ? [data] : data;
    const array = type === "float32" ? Float32Array.from(numbers) : Float16Array.from(numbers);
    return this.#inline(type, array, dims ?? (typeof data === "number" ? [] : [array.length]));
  }

  /** A small int64 vector: shapes, axes, indices. */
  ints(data: readonly number[]): Value {
    return this.#inline("int64", BigInt64Array.from(data, BigInt), [data.length]);
  }

  /** Uses an op; see `Op`. Ops used inside another op are part of it and do not reach the tape. */
  apply<A>(op: Op<A>, inputs: readonly Value[], attributes: A): Value {
    this.#depth++;
    try {
      const output = op.emit(this, inputs, attributes);
      if (this.#depth === 1) this.tape.push({ op: op as Op<unknown>, inputs, attributes, output });
      return output;
    } finally {
      this.#depth--;
    }
  }

  /** Builds something that belongs to no tape: gradients, and what is computed anew for them. */
  untaped<T>(build: () => T): T {
    this.#depth++;
    try {
      return build();
    } finally {
      this.#depth--;
    }
  }

  /** Emits one ONNX node with one result of the given shape. For ops only. `undefined` leaves out an optional input. */
  node(
    opType: string,
    inputs: readonly (Value | undefined)[],
    dims: readonly number[],
    options: NodeOptions = {},
  ): Value {
    return this.nodeOf(opType, inputs, [dims], options)[0]!;
  }

  /** Emits one ONNX node with several results. For ops only. */
  nodeOf(
    opType: string,
    inputs: readonly (Value | undefined)[],
    dims: readonly (readonly number[])[],
    options: NodeOptions = {},
  ): Value[] {
    const name = `${opType}_${++this.#count}`;
    const type = options.type ?? inputs.find((input) => input)?.type ?? "float32";
    const outputs = dims.map((_, i) => (i === 0 ? name : `${name}_${i}`));
    this.nodes.push({
      opType,
      domain: options.domain ?? "",
      inputs: inputs.map((input) => input?.name ?? ""),
      outputs,
      type,
      dims,
      attributes: options.attributes ?? {},
    });
    return outputs.map((output, i) => ({ name: output, type, dims: dims[i]! }));
  }

  /** Forgets constants that no node takes any more. */
  dropUnused(): void {
    const left = new Set(this.nodes.flatMap(({ inputs }) => inputs));
    const kept = this.initializers.filter(({ value }) => left.has(value.name));
    this.initializers.splice(0, this.initializers.length, ...kept);
    for (const [key, { name }] of this.#constants) if (!left.has(name)) this.#constants.delete(key);
  }

  #inline(type: DataType, array: Float32Array | Float16Array | BigInt64Array, dims: readonly number[]): Value {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const key = `${type}[${dims.join(",")}]=${createHash("sha256").update(bytes).digest("base64")}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const value = this.initializer(`constant_${this.#constants.size}`, dims, bytes, type);
    this.#constants.set(key, value);
    return value;
  }
}
