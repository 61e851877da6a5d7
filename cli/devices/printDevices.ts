import { chooseDevice } from "../../gpu-worker/graph/device/chooseDevice.ts";
import { probeDevice } from "../../gpu-worker/graph/device/probeDevice.ts";
import { deviceNames, devices } from "../../src/devices.ts";

/** Probes every device and prints a line for each; exit code 0 whatever works, since the CPU does. */
export async function printDevices({ json }: { readonly json?: boolean }): Promise<void> {
  const found: Record<string, unknown> = {};
  for (const device of devices) {
    if (device === "cpu") continue;
    const probe = await probeDevice(device);
    found[device] = probe;
    if (json) continue;
    const { precision, problem, onCpu } = probe;
    const details = [
      ...(precision ? [`works in ${precision}`] : ["does not work"]),
      ...(problem ? [problem] : []),
      ...(onCpu.length > 0 ? [`leaves to the CPU: ${onCpu.join(", ")}`] : []),
    ];
    console.log(`${device.padEnd(7)} ${deviceNames[device]} ${details.join("; ")}`);
  }
  const { device: automatic } = await chooseDevice("auto");
  if (json) console.log(JSON.stringify({ ...found, automatic }));
  else console.log(`cpu     works in float32\nEMEND_DEVICE=auto takes ${automatic}`);
}
