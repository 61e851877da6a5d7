/** What the engine is compared with; training/peers runs them. */
export interface Peer {
  readonly name: string;
  /** As tables call it. */
  readonly title: string;
  /** Computes in float32, so that the exact profile is measured against it. */
  readonly exact: boolean;
  /** What is exported or compiled before the first start, if anything. */
  readonly prepares: boolean;
  /** Can only be timed in whole edits. */
  readonly editOnly?: true;
}

export const peers: readonly Peer[] = [
  { name: "pytorch", title: "PyTorch", exact: true, prepares: false },
  { name: "bf16", title: "PyTorch, bfloat16", exact: false, prepares: false },
  { name: "compile", title: "PyTorch, torch.compile", exact: true, prepares: true },
  { name: "onnxruntime", title: "onnxruntime, exported", exact: true, prepares: true },
  { name: "openvino", title: "OpenVINO", exact: true, prepares: true },
  { name: "openvino-bf16", title: "OpenVINO, bfloat16", exact: false, prepares: true },
  // It keeps the convolutions' weights in float16, whatever it is told.
  { name: "sdcpp", title: "stable-diffusion.cpp, float16 convolutions", exact: false, prepares: false, editOnly: true },
];
