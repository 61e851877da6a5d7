import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../files/writeWhole.ts";
import { drawPlot } from "../report/drawPlot.ts";
import { describeMeasured, type Measured } from "../report/Measured.ts";
import type { InversionData } from "./InversionData.ts";
import { reportInversion } from "./reportInversion.ts";

const intro = `# Learning a task from a few examples

Made by \`npx emend bench inversion\`, which also writes this page; the numbers alone are in
[numbers/inversion.json](numbers/inversion.json). The command keeps what it has and goes on where it was interrupted;
\`--only\`, \`--tasks\`, \`--counts\`, \`--seeds\` and \`--limit\` make it smaller.`;

/** Writes inversion.md and its plot; the sheet is shown if it is there. @returns the page's path */
export async function writeInversionPage(folder: string, measured: Measured): Promise<string> {
  const { markdown, plots } = reportInversion(measured.data as InversionData);
  for (const [plot, spec] of Object.entries(plots)) await writeWhole(join(folder, `${plot}.svg`), await drawPlot(spec));
  const sheet = existsSync(join(folder, "inversion.png"))
    ? ["## What a learned task makes of held-out pictures", "![Source, learned task, exact answer](inversion.png)"]
    : [];
  const page = join(folder, "inversion.md");
  await writeWhole(page, `${[intro, describeMeasured(measured), markdown, ...sheet].join("\n\n")}\n`);
  return page;
}
