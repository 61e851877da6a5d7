import type { Texts } from "../texts/en.ts";

/** Where an edit is, as its asker sees it. */
export type ProgressView =
  | { readonly kind: "waiting"; readonly position: number | undefined; readonly workers: boolean }
  | { readonly kind: "working"; readonly step: number; readonly steps: number };

const CELLS = 12;

export function progressText(view: ProgressView, { progress }: Texts): string {
  if (view.kind === "waiting") {
    if (!view.workers) return progress.noWorker;
    return view.position === undefined ? progress.received : progress.waiting(view.position);
  }
  if (view.step === 0 || view.steps === 0) return progress.starting;
  return progress.step(progressBar(view.step, view.steps), view.step, view.steps);
}

/** @param steps more than 0 */
export function progressBar(step: number, steps: number): string {
  const full = Math.round((Math.min(step, steps) / steps) * CELLS);
  return "▰".repeat(full) + "▱".repeat(CELLS - full);
}
