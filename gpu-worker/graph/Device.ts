import ort from "onnxruntime-node";
import { EmendError } from "../../src/errors/EmendError.ts";
import { Graph } from "./Graph.ts";
import { serialize } from "./onnx/serialize.ts";
import { add } from "./ops/arithmetic.ts";

export type Device = "cpu" | "cuda";

export interface DeviceChoice {
  readonly device: Device;
  /** One line that says why CUDA is not used although it was wanted. */
  readonly note?: string;
}

let cudaProblem: Promise<string | undefined> | undefined;

/** Why no session can be made on CUDA; undefined when one can. Asked once per process. */
function findCudaProblem(): Promise<string | undefined> {
  cudaProblem ??= (async () => {
    ort.env.logLevel = "fatal"; // a missing library is an answer here: onnxruntime would print it in red as well
    const graph = new Graph("cuda");
    graph.output("y", add(graph, graph.input("x", [1]), 1));
    try {
      const session = await ort.InferenceSession.create(serialize(graph, "/"), {
        executionProviders: ["cuda"],
        logSeverityLevel: 4,
      });
      await session.release();
      return undefined;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return text.split("\n")[0]!.slice(0, 200);
    } finally {
      ort.env.logLevel = "warning";
    }
  })();
  return cudaProblem;
}

/**
 * Decides where sessions run. `auto` takes CUDA when it works, and otherwise the CPU with a note.
 * @throws EmendError `bad_usage` when `cuda` was asked for and does not work
 */
export async function chooseDevice(wanted: Device | "auto"): Promise<DeviceChoice> {
  if (wanted === "cpu") return { device: "cpu" };
  const problem = await findCudaProblem();
  if (problem === undefined) return { device: "cuda" };
  if (wanted === "auto") return { device: "cpu", note: `CUDA is not available (${problem}); using the CPU.` };
  throw new EmendError("bad_usage", `EMEND_DEVICE=cuda, but CUDA is not available: ${problem}; see docs, or use cpu.`);
}
