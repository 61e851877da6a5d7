import type ort from "onnxruntime-node";
import type { Device } from "./Device.ts";

/**
 * Session options that put a graph on a device.
 * @param strict refuse a graph of which the provider leaves nodes to the CPU (`isFallbackRefused`), rather than running
 *   them there silently
 */
export function providerOptions(device: Device, strict: boolean): ort.InferenceSession.SessionOptions {
  if (device === "cpu") return { executionProviders: ["cpu"] };
  const extra = { session: { disable_cpu_ep_fallback: "1" } };
  return strict ? { executionProviders: [device], extra } : { executionProviders: [device, "cpu"] };
}

/** Whether a session was refused because nodes of it would run on the CPU. */
export const isFallbackRefused = (error: unknown): boolean =>
  error instanceof Error && /fallback to CPU EP has been explicitly disabled/.test(error.message);
