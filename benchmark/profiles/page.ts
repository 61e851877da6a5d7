import { join } from "node:path";
import { writeWhole } from "../files/writeWhole.ts";
import { drawPlot } from "../report/drawPlot.ts";
import { describeMeasured, readMeasured } from "../report/Measured.ts";
import type { Quality } from "./measureQuality.ts";
import type { Speed } from "./measureSpeed.ts";
import { qualityPlot, reportQuality } from "./reportQuality.ts";
import { reportSpeed } from "./reportSpeed.ts";

/** Names of the files with the numbers. */
export const numbers = { mini: "profiles-quality", sd15: "profiles-speed" } as const;

const intro = `# Profiles

Made by \`npx emend bench profiles\`, which also writes this page; the numbers alone are in [numbers/](numbers). What the profiles are:
[docs/profiles.md](../profiles.md). The command keeps every score as soon as it is there and goes on where it was interrupted.`;

/** Writes profiles.md and its plots from what has been measured, whenever that was. */
export async function writePage(folder: string): Promise<void> {
  const quality = await readMeasured(folder, numbers.mini, "--case mini");
  const speed = await readMeasured(folder, numbers.sd15, "--case sd15");
  const missing = (which: string) => `Not measured yet: \`npx emend bench profiles --case ${which}\`.`;
  if (quality) {
    for (const each of (quality.data as Quality).tables) {
      await writeWhole(join(folder, `profiles-${each.textGuidance}.svg`), await drawPlot(qualityPlot(each)));
    }
  }
  const parts = [
    intro,
    "## Time of a whole edit",
    speed ? `${describeMeasured(speed)}\n\n${reportSpeed(speed.data as Speed)}` : missing("sd15"),
    "## What leaving out costs",
    quality ? `${describeMeasured(quality)}\n\n${reportQuality(quality.data as Quality)}` : missing("mini"),
  ];
  await writeWhole(join(folder, "profiles.md"), `${parts.join("\n\n")}\n`);
}
