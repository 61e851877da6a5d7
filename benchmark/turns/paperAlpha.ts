/** Seed 002's threshold: where filters and compositions are compared. */
export const paperAlpha = 0.03;
