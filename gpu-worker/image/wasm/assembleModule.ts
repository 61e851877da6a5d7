import { type Code, unsigned } from "./instructions.ts";

export interface WasmFunction {
  readonly name: string;
  /** Value types; parameters are the first locals. */
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A WebAssembly module that exports one function without result and works on a memory that it imports as `env.memory`. */
export function assembleModule({ name, parameters, locals, body }: WasmFunction): Uint8Array<ArrayBuffer> {
  const text = (value: string) => list([...new TextEncoder().encode(value)]);
  const section = (id: number, content: Code) => [id, ...list(content)];
  const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, vector([[0x60, ...list(parameters), 0]])),
    ...section(2, vector([[...text("env"), ...text("memory"), 0x02, 0x00, 1]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text(name), 0x00, 0]])),
    ...section(10, vector([list(code)])),
  ]);
}

/** Bytes with their number before them. */
const list = (content: Code): Code => [...unsigned(content.length), ...content];

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
