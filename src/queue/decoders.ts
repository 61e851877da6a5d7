/**
 * What decodes a result: "full" the checkpoint's own autoencoder, "tiny" one that stands in its place (TAESD), "auto" the
 * tiny one under the fast profile, where there is one.
 */
export const decoderNames = ["auto", "full", "tiny"] as const;

export type DecoderName = (typeof decoderNames)[number];
