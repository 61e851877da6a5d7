/** The α of METHOD §5 (seed 002: .03 keeps quality over turns without keeping edits from happening). */
export const defaultAlpha = 0.03;
