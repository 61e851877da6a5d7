import { z } from "zod";

/** The largest number in use is the size of a vocabulary, 250,000; timesteps are 1,000. */
const largest = 2 ** 20;
/** Levels, blocks, labels: tens of them, tasks some more. */
const longest = 1000;
const deepest = 8;

/**
 * Lets a network's configuration through when none of its numbers and lists is absurd. Networks are built before their
 * weights are looked at, so that a config of some bytes could otherwise ask for all of the memory.
 */
export const saneNumbers = z.unknown().superRefine((config, context) => {
  const visit = (value: unknown, path: string[]): void => {
    const isHuge = typeof value === "number" && Math.abs(value) > largest;
    const isLong = Array.isArray(value) && value.length > longest;
    if (isHuge || isLong) {
      const limit = isHuge ? `${largest}` : `${longest} entries`;
      context.addIssue({ code: "custom", path, message: `absurd, at most ${limit}` });
    } else if (typeof value === "object" && value !== null && path.length < deepest) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    }
  };
  visit(config, []);
});
