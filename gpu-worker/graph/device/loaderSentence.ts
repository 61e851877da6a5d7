/** What the loader, CUDA or Vulkan said, most telling first. Each captures one sentence. */
const sentences = [
  /Failed to load library \S+ with error: (.+)/,
  /(CUDA failure \d+: [^;]+)/,
  /(CUDNN failure \d+: [^;]+)/,
  /Couldn't load Vulkan: (.+)/,
  /(Failed to get a WebGPU adapter: .+)/,
  /(cuDNN library was not found.*)/i,
];

/** What to do about a library that is not there. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [/libonnxruntime_providers_/, "run npm run setup:cuda"],
  [/libcuda\.so/, "install the NVIDIA driver"],
  [/driver version is insufficient/, "install a newer NVIDIA driver"],
  [/no CUDA-capable device/, "is a GPU visible here? see nvidia-smi"],
  [/cudnn/i, "install cuDNN 9 for the same CUDA"],
  [/lib(?:cudart|cublas|cublasLt|curand|cufft)\.so\.(\d+)/, "install CUDA $1"],
  [/libvulkan/, "install the Vulkan loader and the GPU's driver"],
];

/**
 * The sentence that says why a provider could not be loaded, out of what onnxruntime printed and threw, in one line and
 * with what to do about it: "libcudart.so.13: cannot open shared object file: No such file or directory (install CUDA
 * 13)".
 */
export function loaderSentence(...texts: readonly string[]): string | undefined {
  const lines = texts.flatMap((text) => text.split("\n"));
  for (const pattern of sentences) {
    const found = lines.map((line) => pattern.exec(line)?.[1]?.trim()).find((each) => each);
    if (found) return withRemedy(found.replace(/\/\S+\//g, ""));
  }
  return undefined;
}

function withRemedy(sentence: string): string {
  for (const [pattern, remedy] of remedies) {
    const match = pattern.exec(sentence);
    if (match) return `${sentence} (${remedy.replace("$1", match[1] ?? "")})`;
  }
  return sentence;
}
