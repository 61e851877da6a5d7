/**
 * The α of METHOD §5 when nobody names one: the highest at which edits in a row lose nothing and no task loses more than
 * 0.5 % of what is asked for (docs/benchmarks/turns.md). Seed 002 has .03.
 */
export const defaultAlpha = 0.05;
