import type { Texts } from "../texts/en.ts";

/** Where an edit is, as its asker sees it. */
export type ProgressView =
  | {
      readonly kind: "waiting";
      readonly position: number | undefined;
      readonly workers: boolean;
      /** When the result will be there, by what was measured. Milliseconds since 1970. */
      readonly doneAt?: number | undefined;
    }
  | { readonly kind: "working"; readonly step: number; readonly steps: number };

const CELLS = 12;

/** A moment as Discord shows it, counting down by itself: "in 40 seconds". @param at milliseconds since 1970 */
export const relativeTime = (at: number): string => `<t:${Math.ceil(at / 1_000)}:R>`;

export function progressText(view: ProgressView, { progress }: Texts): string {
  if (view.kind === "waiting") {
    if (!view.workers) return progress.noWorker;
    if (view.position === undefined) return progress.received;
    const place = progress.waiting(view.position);
    return view.doneAt === undefined ? place : `${place} ${progress.done(relativeTime(view.doneAt))}`;
  }
  if (view.step === 0 || view.steps === 0) return progress.starting;
  return progress.step(progressBar(view.step, view.steps), view.step, view.steps);
}

/** @param steps more than 0 */
export function progressBar(step: number, steps: number): string {
  const full = Math.round((Math.min(step, steps) / steps) * CELLS);
  return "▰".repeat(full) + "▱".repeat(CELLS - full);
}
