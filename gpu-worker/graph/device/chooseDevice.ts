import { deviceNames } from "../../../src/devices.ts";
import { EmendError } from "../../../src/errors/EmendError.ts";
import type { Device, Precision } from "../Device.ts";
import { type DeviceProbe, probeDevice } from "./probeDevice.ts";

export interface DeviceChoice {
  readonly device: Device;
  /** What networks compute in there. */
  readonly precision: Precision;
  /** One line that an operator should know: why no GPU is used, or what it leaves to the CPU. */
  readonly note?: string;
}

type Accelerator = Exclude<Device, "cpu">;

/**
 * Whose GPU `auto` tries. WebGPU is experimental, and CoreML lacks the fused attention: those are used when asked for.
 */
const automatic: Partial<Record<NodeJS.Platform, Accelerator>> = { linux: "cuda", win32: "dml" };

/** Asked once per process: a start-up probe takes a second or two. */
const probes = new Map<Accelerator, Promise<DeviceProbe>>();

function probeOnce(device: Accelerator): Promise<DeviceProbe> {
  const known = probes.get(device) ?? probeDevice(device);
  probes.set(device, known);
  return known;
}

/**
 * Decides where sessions run. `auto` takes this system's GPU when it works, and otherwise the CPU with a note; a device
 * that was named is used, or nothing is.
 * @throws EmendError `bad_usage` when the named device does not work, with what its loader said
 */
export async function chooseDevice(
  wanted: Device | "auto",
  probe: (device: Accelerator) => Promise<DeviceProbe> = probeOnce,
  platform: NodeJS.Platform = process.platform,
): Promise<DeviceChoice> {
  const device = wanted === "auto" ? automatic[platform] : wanted;
  if (device === "cpu") return { device, precision: "float32" };
  if (device === undefined) {
    const note = "No GPU is tried by itself on this system (EMEND_DEVICE names one); using the CPU.";
    return { device: "cpu", precision: "float32", note };
  }
  const { precision, problem = "", onCpu } = await probe(device);
  const name = deviceNames[device];
  if (precision) {
    const notes = [
      ...(precision === "float32" && device !== "coreml" ? [`${name} computes in float32 (${problem})`] : []),
      ...(onCpu.length === 0 ? [] : [`${name} leaves ${onCpu.join(", ")} to the CPU`]),
    ];
    return { device, precision, ...(notes.length === 0 ? {} : { note: `${notes.join("; ")}.` }) };
  }
  if (wanted === "auto") {
    return { device: "cpu", precision: "float32", note: `${name} is not available (${problem}); using the CPU.` };
  }
  const advice = "see deploy/gpu.md, or use EMEND_DEVICE=cpu";
  throw new EmendError("bad_usage", `EMEND_DEVICE=${device}, but ${name} is not available: ${problem}; ${advice}.`);
}
