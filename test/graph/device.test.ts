import { describe, expect, it } from "vitest";
import { chooseDevice } from "../../gpu-worker/graph/device/chooseDevice.ts";
import { loaderSentence } from "../../gpu-worker/graph/device/loaderSentence.ts";
import type { DeviceProbe } from "../../gpu-worker/graph/device/probeDevice.ts";
import { probeDevice } from "../../gpu-worker/graph/device/probeDevice.ts";
import { probeNumbers, probeOps } from "../../gpu-worker/graph/device/probeOps.ts";
import { relativeError } from "../../gpu-worker/graph/device/relativeError.ts";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { readEnv } from "../../src/env.ts";
import { lower } from "./lowered.ts";

const answering = (probe: DeviceProbe) => async () => probe;
const missing = "libcudart.so.13: cannot open shared object file: No such file or directory (install CUDA 13)";

describe("chooseDevice", () => {
  it("takes the CPU when it is asked for, without looking for anything else", async () => {
    const never = () => Promise.reject(new Error("looked"));
    expect(await chooseDevice("cpu", never)).toEqual({ device: "cpu", precision: "float32" });
  });

  it("takes this system's GPU by itself, in half precision", async () => {
    const works = answering({ precision: "float16", onCpu: [] });
    expect(await chooseDevice("auto", works, "linux")).toEqual({ device: "cuda", precision: "float16" });
    expect(await chooseDevice("auto", works, "win32")).toEqual({ device: "dml", precision: "float16" });
    expect(await chooseDevice("auto", works, "darwin")).toMatchObject({ device: "cpu", note: /EMEND_DEVICE/ });
  });

  it("says in one line why the CPU is used, with what the loader said", async () => {
    const choice = await chooseDevice("auto", answering({ problem: missing, onCpu: [] }), "linux");
    expect(choice).toEqual({
      device: "cpu",
      precision: "float32",
      note: `CUDA is not available (${missing}); using the CPU.`,
    });
  });

  it("does not fall back from a device that was named", async () => {
    await expect(chooseDevice("webgpu", answering({ problem: missing, onCpu: [] }))).rejects.toMatchObject({
      code: "bad_usage",
      message: `EMEND_DEVICE=webgpu, but WebGPU is not available: ${missing}; see deploy/gpu.md, or use EMEND_DEVICE=cpu.`,
    });
  });

  it("tells what a provider leaves to the CPU, and that it cannot do half precision", async () => {
    const probe = { precision: "float32", problem: "attention in float16 differs", onCpu: ["group norm"] } as const;
    expect(await chooseDevice("webgpu", answering(probe))).toEqual({
      device: "webgpu",
      precision: "float32",
      note: "WebGPU computes in float32 (attention in float16 differs); WebGPU leaves group norm to the CPU.",
    });
  });
});

describe("probeDevice", () => {
  it("says what is missing for each provider that this machine has not", async () => {
    for (const device of ["cuda", "dml", "coreml", "webgpu"] as const) {
      const { precision, problem } = await probeDevice(device);
      if (precision) continue; // this machine has it
      expect(problem).toMatch(/^[^\n]{10,300}$/);
      expect(problem).toMatch(/setup:cuda|no such provider|\.so|CUDA|Vulkan|WebGPU|adapter/);
    }
  }, 120_000);
});

describe("the ops of the probe", () => {
  it.each(probeOps.map((op) => [op.name, op] as const))("%s gives the same in half precision", async (_, op) => {
    const run = async (graph: Graph) => {
      graph.output("y", op.build(graph, graph.input("x", op.dims)));
      lower(graph);
      const session = await Session.create(graph, { device: "cpu", threads: 1 });
      const { y } = await session.run({ x: probeNumbers(op.dims) });
      await session.release();
      return y!.data;
    };
    const expected = await run(new Graph());
    for (const half of [new Graph("cpu", "float16"), new Graph("cuda", "float16")]) {
      const error = relativeError(await run(half), expected);
      expect(error).toBeLessThan(3e-3); // the probe allows 1e-2
    }
  });

  it("are found wrong when a number is none", () => {
    expect(relativeError(Float32Array.of(1, Number.NaN), Float32Array.of(1, 1))).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError(Float32Array.of(2, 0), Float32Array.of(1, 0))).toBe(1);
  });
});

/** As onnxruntime-node 1.30 printed it, on machines that lack one piece after the other. */
const failed = (library: string, sentence: string) =>
  `\u001b[1;31m2026-11-21 20:19:36.8 [E:onnxruntime:onnxruntime-node, provider_bridge_ort.cc:2146 Create] ` +
  `/onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988 onnxruntime::Provider& ` +
  `onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library ` +
  `/srv/emend/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/${library} with error: ${sentence}\n\u001b[m`;
const noFile = "cannot open shared object file: No such file or directory";
const cuda = "libonnxruntime_providers_cuda.so";

describe("loaderSentence", () => {
  it.each([
    [failed(cuda, `/srv/emend/node_modules/x/${cuda}: ${noFile}`), `${cuda}: ${noFile} (run npm run setup:cuda)`],
    [failed(cuda, `libcublasLt.so.13: ${noFile}`), `libcublasLt.so.13: ${noFile} (install CUDA 13)`],
    [failed(cuda, `libcudart.so.12: ${noFile}`), `libcudart.so.12: ${noFile} (install CUDA 12)`],
    [failed(cuda, `libcudnn.so.9: ${noFile}`), `libcudnn.so.9: ${noFile} (install cuDNN 9 for the same CUDA)`],
    [failed(cuda, `libcuda.so.1: ${noFile}`), `libcuda.so.1: ${noFile} (install the NVIDIA driver)`],
    [
      "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0 ; hostname=h ; file=f",
      "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version (install a newer NVIDIA driver)",
    ],
    [
      "Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory\n    at x",
      `libvulkan.so.1: ${noFile} (install the Vulkan loader and the GPU's driver)`,
    ],
  ])("%#: finds what is missing and says what to do", (text, sentence) => {
    expect(loaderSentence("something else\n", text)).toBe(sentence);
  });

  it("finds nothing where nothing was said", () => {
    expect(loaderSentence("", "all is well")).toBeUndefined();
  });
});

describe("EMEND_DEVICE and EMEND_BATCH", () => {
  it("name devices and sizes, and nothing else", () => {
    expect(readEnv({ EMEND_DEVICE: "webgpu", EMEND_BATCH: "4" })).toMatchObject({
      EMEND_DEVICE: "webgpu",
      EMEND_BATCH: 4,
    });
    expect(readEnv({})).toMatchObject({ EMEND_DEVICE: "auto" });
    expect(() => readEnv({ EMEND_DEVICE: "tpu", EMEND_BATCH: "17" })).toThrow(/EMEND_DEVICE: .*EMEND_BATCH: /);
  });
});
