import type { Section } from "../Section.ts";
import { ablations } from "./ablations.ts";
import { curve } from "./curve.ts";
import { guidance } from "./guidance.ts";
import { quality } from "./quality.ts";
import { steps } from "./steps.ts";
import { tasksGiven } from "./tasksGiven.ts";

/** Every section of docs/benchmarks, in the order of the page; the longest is measured last. */
export const sections: readonly Section<unknown>[] = [quality, tasksGiven, steps, guidance, curve, ablations].map(
  (section) => section as Section<unknown>,
);

export const sectionNames: readonly string[] = sections.map(({ name }) => name);
