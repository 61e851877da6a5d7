// Tries the ops of probeOps.ts on a provider and compares with the CPU. A process of its own, started by probeDevice:
// a driver that crashes takes nothing along, and what onnxruntime and the loader print can be read.
import ort from "onnxruntime-node";
import type { Device, Precision } from "../Device.ts";
import { Graph } from "../Graph.ts";
import { serialize } from "../onnx/serialize.ts";
import { isFallbackRefused, providerOptions } from "../providerOptions.ts";
import type { ProbeAnswer } from "./messages.ts";
import { probeNumbers, probeOps } from "./probeOps.ts";
import { relativeError } from "./relativeError.ts";

/** Half precision keeps 11 bits; GPUs round float32 factors to the 11 bits of TF32. */
const tolerance: Readonly<Record<Precision, number>> = { float16: 1e-2, float32: 2e-3 };

async function evaluate(op: (typeof probeOps)[number], device: Device, precision: Precision, strict: boolean) {
  const graph = new Graph(device, precision);
  const y = op.build(graph, graph.input("x", op.dims));
  graph.output("y", y);
  const session = await ort.InferenceSession.create(serialize(graph, "/"), {
    ...providerOptions(device, strict),
    logSeverityLevel: 3,
  });
  const feed = new ort.Tensor("float32", probeNumbers(op.dims), op.dims);
  const results = await session.run({ x: feed });
  const data = results[y.name]!.data as Float32Array;
  await session.release();
  return data;
}

/** What is wrong with one op; undefined when it is right. */
async function check(op: (typeof probeOps)[number], device: Device, precision: Precision, onCpu: Set<string>) {
  const expected = await evaluate(op, "cpu", "float32", false);
  const found = await evaluate(op, device, precision, true).catch((error) => {
    if (!isFallbackRefused(error)) throw error;
    onCpu.add(op.name);
    return evaluate(op, device, precision, false);
  });
  const error = relativeError(found, expected);
  if (error <= tolerance[precision]) return undefined;
  return `${op.name} in ${precision} differs from the CPU's by ${error.toPrecision(2)}`;
}

const device = process.argv[2] as Device;
// CoreML chooses its own precision.
const precisions: Precision[] = device === "coreml" ? ["float32"] : ["float16", "float32"];
const problems: string[] = [];
const onCpu = new Set<string>();
let usable: Precision | undefined;
for (const precision of precisions) {
  const failed: string[] = [];
  for (const op of probeOps.filter(({ onlyHalf }) => !onlyHalf || precision === "float16")) {
    try {
      const problem = await check(op, device, precision, onCpu);
      if (problem) failed.push(problem);
    } catch (error) {
      failed.push(
        `${op.name} in ${precision}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
      );
      break; // the provider itself, most likely
    }
  }
  problems.push(...failed);
  if (failed.length > 0) continue;
  usable = precision;
  break;
}
const answer: ProbeAnswer = { ...(usable ? { precision: usable } : {}), problems, onCpu: [...onCpu] };
process.send?.(answer, () => process.exit());
