import { createRequire } from "node:module";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";

/** What the numbers were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly onnxruntime: string;
}

export function machine(): Machine {
  const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string };
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split("-")[0]}`,
    node: process.versions.node,
    onnxruntime: version,
  };
}

export const describeMachine = ({ cpu, cores, memory, system, node, onnxruntime }: Machine): string =>
  `${cores} × ${cpu}, ${memory} GiB, ${system}, Node ${node}, onnxruntime-node ${onnxruntime}`;
