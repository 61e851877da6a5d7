import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { describeMachine, type Machine } from "./machine.ts";

/** What stands in `numbers/NAME.json`: what was measured, and where they come from. */
export interface Measured {
  readonly command: string;
  /** Day, as YYYY-MM-DD. */
  readonly date: string;
  readonly machine: Machine;
  /** Absent where no single model was measured. */
  readonly model?: { readonly name: string; readonly hash: string; readonly device: string };
  readonly data: unknown;
}

const fileOf = (folder: string, name: string) => join(folder, "numbers", `${name}.json`);

export const writeMeasured = (folder: string, name: string, measured: Measured): Promise<void> =>
  writeWhole(fileOf(folder, name), `${JSON.stringify(measured, null, 1)}\n`);

/**
 * @param again the flag that measures it anew
 * @throws EmendError `bad_usage` for a file that is no such JSON
 */
export async function readMeasured(folder: string, name: string, again: string): Promise<Measured | undefined> {
  const file = fileOf(folder, name);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Measured;
  } catch (cause) {
    throw new EmendError("bad_usage", `${file} is damaged; delete it and measure with ${again}.`, { cause });
  }
}

/** Command, day, model and machine in one line. */
export function describeMeasured({ command, date, machine, model }: Measured): string {
  const which = model ? `, model ${model.name} (${model.hash}) on ${model.device}` : "";
  return `\`${command}\`, ${date}${which}. ${describeMachine(machine)}.`;
}
