import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ort from "onnxruntime-node";
import type { Device, Precision } from "../Device.ts";
import { loaderSentence } from "./loaderSentence.ts";
import type { ProbeAnswer } from "./messages.ts";

/** CUDA compiles its kernels anew for GPUs that are younger than it. Milliseconds. */
const limit = 300_000;
const keptLog = 64 * 1024;

/** How far a device can be used. */
export interface DeviceProbe {
  /** The highest in which every op gave the CPU's numbers; absent when the device cannot be used. */
  readonly precision?: Precision;
  /** One line: why it cannot be used, or not in half precision. */
  readonly problem?: string;
  /** Kinds of ops that the provider leaves to the CPU. */
  readonly onCpu: readonly string[];
}

/** Tries a device with one op of each kind that matters, in a process of its own. */
export async function probeDevice(device: Exclude<Device, "cpu">): Promise<DeviceProbe> {
  const missing = findMissingProvider(device);
  if (missing) return { problem: missing, onCpu: [] };
  const child = fork(fileURLToPath(new URL("./probeChild.ts", import.meta.url)), [device], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-keptLog);
  });
  const killing = setTimeout(() => child.kill("SIGKILL"), limit);
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once("error", (error) => resolve(error.message));
  child.once("close", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  let answer: ProbeAnswer | undefined;
  child.once("message", (message: ProbeAnswer) => {
    answer = message;
  });
  const end = await promise;
  clearTimeout(killing);
  if (!answer) return { problem: loaderSentence(log) ?? `the probe ended with ${end}`, onCpu: [] };
  const { precision, problems, onCpu } = answer;
  // Half precision is tried first: where float32 works, its problem is the news, and where nothing does, float32's.
  const told = precision ? problems[0] : problems.at(-1);
  const problem = told === undefined ? undefined : (loaderSentence(log, ...problems) ?? told);
  return {
    ...(precision === undefined ? {} : { precision }),
    ...(problem === undefined ? {} : { problem: problem.slice(0, 300) }),
    onCpu,
  };
}

/** Why there is no such provider in this onnxruntime; undefined when there is. */
function findMissingProvider(device: Device): string | undefined {
  const backends = ort.listSupportedBackends();
  const backend = backends.find(({ name }) => name === device);
  if (!backend) {
    return `onnxruntime has no such provider on ${process.platform} ${process.arch}, only ${backends.map(({ name }) => name).join(", ")}`;
  }
  if (backend.bundled || device !== "cuda") return undefined;
  const root = dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"));
  const file = "libonnxruntime_providers_cuda.so";
  const folder = join(root, "bin", "napi-v6", process.platform, process.arch);
  return existsSync(join(folder, file)) ? undefined : `${file} is not installed; run npm run setup:cuda`;
}
