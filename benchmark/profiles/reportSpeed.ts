import { table } from "../report/table.ts";
import type { EditTiming, Speed } from "./measureSpeed.ts";

/** Seconds that a fast edit of a full-size checkpoint may take on two cores. */
const goalSeconds = 25;

/** Markdown below what was measured and on what. */
export function reportSpeed(speed: Speed): string {
  const { resolution, timed, version, diffusers, exact, fast, fastTiny } = speed;
  const row = (name: string, each: EditTiming) => [
    name,
    String(each.steps),
    `${each.evaluations}${each.shallowEvaluations ? ` + ${each.shallowEvaluations}` : ""}`,
    each.seconds.toFixed(1),
    each.peakMegabytes.toFixed(0),
    `${(diffusers.seconds / each.seconds).toFixed(1)} ×`,
  ];
  const faster = diffusers.seconds / fast.seconds;
  return [
    `Whole edits of a checkpoint of Stable Diffusion 1.5's size (1.07 billion random weights, f32) at ${resolution} × ${resolution} px, from picture to picture, loading excluded, one after the other in the same run. ${version} ran ${timed + 1} of its ${diffusers.steps} steps: they take the same time each, and the rest is added. Evaluations are of the whole U-Net + of its outer layers alone.`,
    table(
      ["", "steps", "evaluations", "s/edit", "peak MB", "faster"],
      [
        row("diffusers, its defaults", diffusers),
        row("emend, exact, the checkpoint's defaults", exact),
        row("emend, fast", fast),
        row("emend, fast, decoded by TAESD", fastTiny),
      ],
    ),
    `The fast profile takes ${faster.toFixed(1)} × less time than diffusers by default (goal: 10 ×), ${fast.seconds.toFixed(1)} s (goal: ${goalSeconds} s on two cores). Decoded by TAESD, which the profile takes where a checkpoint or EMEND_TAESD brings one, it takes ${fastTiny.seconds.toFixed(1)} s. Of peak memory, 4.3 GB are mapped weights in emend, which all sessions share.`,
  ].join("\n\n");
}
