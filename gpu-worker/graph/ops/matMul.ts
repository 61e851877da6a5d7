import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { broadcastDims, describe } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { sumTo } from "./sum.ts";

export interface MatMulAttributes {
  /** Swap the last two axes of the left / right operand first; costs no copy. */
  readonly transA: boolean;
  readonly transB: boolean;
}

/** Rows and columns of the last two axes as the product sees them. */
function matrix(value: Value, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = value.dims.slice(-2);
  if (rows === undefined || columns === undefined) throw new ShapeError("matMul", `${describe(value)} is no matrix`);
  return transposed ? [columns, rows] : [rows, columns];
}

export const matMulOp: Op<MatMulAttributes> = {
  name: "matMul",
  emit(graph, [a, b, bias], { transA, transB }) {
    const [rows, inner] = matrix(a!, transA);
    const [innerB, columns] = matrix(b!, transB);
    if (inner !== innerB)
      throw new ShapeError("matMul", `${describe(a!)} × ${describe(b!)}: ${inner} is not ${innerB}`);
    if (a!.dims.length === 2 && b!.dims.length === 2) {
      const attributes = { transA: Number(transA), transB: Number(transB) };
      return graph.node("Gemm", bias ? [a!, b!, bias] : [a!, b!], [rows, columns], { attributes });
    }
    const outer = broadcastDims("matMul", { ...a!, dims: a!.dims.slice(0, -2) }, { ...b!, dims: b!.dims.slice(0, -2) });
    const dims = [...outer, rows, columns];
    const product =
      transA || transB
        ? graph.node("FusedMatMul", [a!, b!], dims, {
            domain: "com.microsoft",
            attributes: { transA: Number(transA), transB: Number(transB) },
          })
        : graph.node("MatMul", [a!, b!], dims);
    return bias ? graph.node("Add", [product, bias], dims) : product;
  },
  gradient: (graph, { dy, dims, wants, input, attributes: { transA, transB } }) => {
    const da = () =>
      transA
        ? matMul(graph, input(1), dy, { transA: transB, transB: true })
        : matMul(graph, dy, input(1), { transB: !transB });
    const db = () =>
      transB
        ? matMul(graph, dy, input(0), { transA: true, transB: transA })
        : matMul(graph, input(0), dy, { transA: !transA });
    const rules = [da, db, () => dy];
    return dims.map((own, i) => (wants[i] ? sumTo(graph, rules[i]!(), own) : undefined));
  },
};

/** a · b over the last two axes (leading axes broadcast), plus a bias that broadcasts to the result. */
export const matMul = (
  graph: Graph,
  a: Value,
  b: Value,
  options: { transA?: boolean; transB?: boolean; bias?: Value | undefined } = {},
): Value =>
  graph.apply(matMulOp, options.bias ? [a, b, options.bias] : [a, b], {
    transA: options.transA ?? false,
    transB: options.transB ?? false,
  });
