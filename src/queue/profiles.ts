/** How an edit is made: "exact" as diffusers would, "fast" with what costs little leaving out, "auto" as the machine allows. */
export const profileNames = ["auto", "exact", "fast"] as const;

export type ProfileName = (typeof profileNames)[number];
