import { randomBytes } from "node:crypto";

/** A seed for an edit that did not name one: 0 … 2³²−1. */
export const randomSeed = (): number => randomBytes(4).readUInt32LE();
