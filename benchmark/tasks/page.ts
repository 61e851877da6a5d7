import { join } from "node:path";
import { writeWhole } from "../files/writeWhole.ts";
import { drawPlot } from "../report/drawPlot.ts";
import { describeMeasured, readMeasured } from "../report/Measured.ts";
import type { Section } from "./Section.ts";
import { sections } from "./sections/index.ts";

const intro = `# The proof, in tables and plots

Made by \`npx emend bench tasks\`, which also writes this page; the numbers alone are in [numbers/](numbers). The command keeps every
score as soon as it is there and goes on where it was interrupted. \`--only NAME\` measures one section, \`--redo NAME\` measures it
anew. [The other benchmarks](../benchmarks.md) time the engine and single edits.`;

async function show(folder: string, { name, title, report }: Section<unknown>): Promise<string> {
  const measured = await readMeasured(folder, name, `--only ${name}`);
  if (!measured) return `## ${title}\n\nNot measured yet: \`npx emend bench tasks --only ${name}\`.`;
  const { markdown, plots } = report(measured.data);
  for (const [plot, spec] of Object.entries(plots)) await writeWhole(join(folder, `${plot}.svg`), await drawPlot(spec));
  return `## ${title}\n\n${describeMeasured(measured)}\n\n${markdown}`;
}

/** Writes README.md and the plots of everything that has been measured, whenever that was. */
export async function writePage(folder: string): Promise<void> {
  const parts: string[] = [];
  for (const section of sections) parts.push(await show(folder, section));
  await writeWhole(join(folder, "README.md"), `${[intro, ...parts].join("\n\n")}\n`);
}
