/** Where networks can run, as EMEND_DEVICE names it: the execution providers of onnxruntime that emend knows. */
export const devices = ["cpu", "cuda", "webgpu", "coreml", "dml"] as const;

export type Device = (typeof devices)[number];

/** As people call them. */
export const deviceNames: Readonly<Record<Device, string>> = {
  cpu: "CPU",
  cuda: "CUDA",
  webgpu: "WebGPU",
  coreml: "CoreML",
  dml: "DirectML",
};
