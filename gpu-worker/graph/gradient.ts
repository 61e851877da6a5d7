import type { Graph } from "./Graph.ts";
import type { Application } from "./Op.ts";
import { ordered } from "./ops/after.ts";
import { add } from "./ops/arithmetic.ts";
import { sizeOf } from "./shapes.ts";
import type { Value } from "./Value.ts";

export interface GradientOptions {
  /**
   * The tape is cut into so many pieces; only what passes from one piece to the next is kept, and a piece is computed
   * anew when the backward pass comes to it (Chen et al. 2016). 1, the default, keeps everything.
   */
  readonly segments?: number;
}

/**
 * Reverse-mode differentiation of what is on the graph's tape: emits d `loss` / d `by` for each value of `by`, as nodes
 * of the same graph. Only what lies between them is differentiated.
 * @param loss a scalar
 * @returns values of the shapes of `by`
 * @throws Error when an op in between has no rule, or the loss does not depend on one of `by`
 */
export function gradient(
  graph: Graph,
  loss: Value,
  by: readonly Value[],
  { segments = 1 }: GradientOptions = {},
): Value[] {
  const live = new Set(by.map((value) => value.name));
  const tape = graph.tape.filter(({ inputs, output }) => {
    const isLive = inputs.some((input) => live.has(input.name));
    if (isLive) live.add(output.name);
    return isLive;
  });
  const gradients = new Map<string, Value>();
  const accumulate = (name: string, part: Value) => {
    const known = gradients.get(name);
    gradients.set(name, known ? add(graph, known, part) : part);
  };

  return graph.untaped(() => {
    gradients.set(loss.name, graph.constant(new Float32Array(sizeOf(loss.dims)).fill(1), loss.dims));
    const pieces = cut(tape, segments);
    for (const [i, piece] of [...pieces.entries()].reverse()) {
      const kept = i === pieces.length - 1 ? (value: Value) => value : recomputation(graph, piece);
      for (const use of piece.toReversed()) {
        const dy = gradients.get(use.output.name);
        if (!dy) continue; // the loss does not depend on it
        if (!use.op.gradient) throw new Error(`${use.op.name} has no gradient rule`);
        const wants = use.inputs.map((input) => live.has(input.name));
        const parts = use.op.gradient(graph, {
          attributes: use.attributes,
          dy,
          dims: use.inputs.map((input) => input.dims),
          wants,
          input: (index) => kept(use.inputs[index]!, dy),
          output: () => kept(use.output, dy),
        });
        use.inputs.forEach((input, index) => {
          if (wants[index]) accumulate(input.name, parts[index]!);
        });
      }
    }
    return by.map((value) => {
      const found = gradients.get(value.name);
      if (!found) throw new Error(`the loss does not depend on ${value.name}`);
      return found;
    });
  });
}

/**
 * Gives a piece's values to its rules by computing them again, from what entered the piece, after the gradient has
 * arrived there: without that order onnxruntime would compute them in the forward pass and keep them.
 */
function recomputation(graph: Graph, piece: readonly Application[]): (value: Value, gate: Value) => Value {
  const makers = new Map(piece.map((use) => [use.output.name, use]));
  const known = new Map<string, Value>();
  const constants = new Set([...graph.inputs.keys(), ...graph.initializers.map(({ value }) => value.name)]);
  let first: Value | undefined;
  const compute = (value: Value): Value => {
    if (constants.has(value.name)) return value;
    const there = known.get(value.name);
    if (there) return there;
    const maker = makers.get(value.name);
    const result = maker
      ? maker.op.emit(graph, maker.inputs.map(compute), maker.attributes)
      : ordered(graph, value, [first!]);
    known.set(value.name, result);
    return result;
  };
  return (value, gate) => {
    first ??= gate;
    return compute(value);
  };
}

/** Cuts the tape into pieces of about equal size, each cut where least has to be kept. */
function cut(tape: readonly Application[], count: number): Application[][] {
  const bytes = ({ dims }: Value) => sizeOf(dims) * 4;
  const lastUse = new Map<string, number>();
  for (const [i, { inputs }] of tape.entries()) for (const input of inputs) lastUse.set(input.name, i);
  const total = tape.reduce((sum, { output }) => sum + bytes(output), 0);
  const done: number[] = []; // bytes made up to and with each use
  const crossing: number[] = []; // bytes that later uses still need
  let made = 0;
  for (const [i, { output }] of tape.entries()) {
    made += bytes(output);
    done.push(made);
    const open = tape.slice(0, i + 1).filter((use) => (lastUse.get(use.output.name) ?? 0) > i);
    crossing.push(open.reduce((sum, use) => sum + bytes(use.output), 0));
  }
  const cuts = Array.from({ length: count - 1 }, (_, piece) => {
    const wanted = ((piece + 1) * total) / count;
    const near = tape.map((_, i) => i).filter((i) => Math.abs(done[i]! - wanted) < total / count / 3);
    return near.reduce((best, i) => (crossing[i]! < (crossing[best] ?? Number.POSITIVE_INFINITY) ? i : best), -1) + 1;
  });
  const bounds = [...new Set([0, ...cuts, tape.length])].sort((a, b) => a - b);
  return bounds.slice(1).map((end, i) => tape.slice(bounds[i], end));
}
