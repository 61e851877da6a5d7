/** Where networks can run, as EMEND_DEVICE names it: the execution providers of onnxruntime that emend knows. */
export const devices = ["cpu", "cuda", "webgpu", "coreml", "dml"] as const;

export type Device = (typeof devices)[number];
