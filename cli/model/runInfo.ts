import { describeModel } from "../../gpu-worker/checkpoint/hub/describeModel.ts";
import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { modelPath } from "./modelPath.ts";

/** `emend model info` @throws EmendError */
export async function runInfo(name: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const model = await describeModel(modelPath(name));
  if (json) {
    console.log(JSON.stringify(model));
    return;
  }
  const { memory, tasks } = model;
  const isClass = model.className === null ? "" : `, calls itself ${model.className}`;
  const room = memory.total > memory.machine ? ", which is too little" : "";
  const lines: [string, string][] = [
    ["name", model.name],
    ["what", `${model.family} editing model (its U-Net takes ${model.inChannels} channels${isClass})`],
    ["licence", model.licence ?? "its card names none"],
    ["revision", model.commit ?? "none: a folder of its own"],
    ["tasks", tasks.length === 0 ? "instructions alone; no table of tasks" : tasks.join(", ")],
    ["trained at", `${model.resolution} × ${model.resolution} pixels`],
    ["safety checker", model.safetyChecker ? "yes" : "no"],
    [
      "memory",
      `about ${formatBytes(memory.total)} on the CPU (estimate: ${formatBytes(memory.weights)} weights as float32, ` +
        `${formatBytes(memory.working)} to work in); this machine has ${formatBytes(memory.machine)}${room}`,
    ],
    ["on disk", formatBytes(model.bytes)],
    ...model.parts.map(({ name, bytes, types }): [string, string] => [
      `  ${name}`,
      `${formatBytes(bytes)}${types.length === 0 ? "" : ` (${types.join(", ")})`}`,
    ]),
    ["path", model.path],
  ];
  for (const [label, text] of lines) console.log(`${label.padEnd(22)}${text}`);
}
