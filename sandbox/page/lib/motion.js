const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether this person wants nothing to move by itself. */
export const wantsStillness = () => reduced.matches;

/** For `scrollTo` and `scrollIntoView`, which do not ask the style sheet when they are told. */
export const scrollBehavior = () => (reduced.matches ? "instant" : "smooth");
