import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { drawPlot } from "../report/drawPlot.ts";
import { describeMachine, type Machine } from "../report/machine.ts";
import type { Section } from "./Section.ts";
import { sections } from "./sections/index.ts";

/** What stands in `numbers/NAME.json`: a section's numbers, and where they come from. */
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

/** @throws EmendError `bad_usage` for a file that is no such JSON */
async function readMeasured(folder: string, name: string): Promise<Measured | undefined> {
  const file = fileOf(folder, name);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Measured;
  } catch (cause) {
    throw new EmendError("bad_usage", `${file} is damaged; delete it and measure with --only ${name}.`, { cause });
  }
}

const intro = `# The proof, in tables and plots

Made by \`npx emend bench tasks\`, which also writes this page; the numbers alone are in [numbers/](numbers). The command keeps every
score as soon as it is there and goes on where it was interrupted. \`--only NAME\` measures one section, \`--redo NAME\` measures it
anew. [The other benchmarks](../benchmarks.md) time the engine and single edits.`;

async function show(folder: string, { name, title, report }: Section<unknown>): Promise<string> {
  const measured = await readMeasured(folder, name);
  if (!measured) return `## ${title}\n\nNot measured yet: \`npx emend bench tasks --only ${name}\`.`;
  const { markdown, plots } = report(measured.data);
  for (const [plot, spec] of Object.entries(plots)) await writeWhole(join(folder, `${plot}.svg`), await drawPlot(spec));
  const { command, date, machine, model } = measured;
  const which = model ? `, model ${model.name} (${model.hash}) on ${model.device}` : "";
  const about = `\`${command}\`, ${date}${which}. ${describeMachine(machine)}.`;
  return `## ${title}\n\n${about}\n\n${markdown}`;
}

/** Writes README.md and the plots of everything that has been measured, whenever that was. */
export async function writePage(folder: string): Promise<void> {
  const parts: string[] = [];
  for (const section of sections) parts.push(await show(folder, section));
  await writeWhole(join(folder, "README.md"), `${[intro, ...parts].join("\n\n")}\n`);
}
