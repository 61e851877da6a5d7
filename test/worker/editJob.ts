import sharp from "sharp";
import type { EditJob } from "../../src/queue/contract/EditJob.ts";
import type { BlobStore } from "../../src/storage/BlobStore.ts";

/** A plain PNG. */
export async function plainPng(width = 24, height = 16, background = "#3060c0"): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A job whose source is stored. */
export async function makeJob(blobs: BlobStore, change: Partial<EditJob> = {}, bytes?: Uint8Array): Promise<EditJob> {
  const picture = bytes ?? (await plainPng());
  return {
    v: 1,
    turnId: `t${Math.random().toString(36).slice(2, 12)}`,
    instruction: "make it red",
    task: "auto",
    seed: 7,
    source: { sha256: await blobs.put(picture), width: 24, height: 16, bytes: picture.length },
    requestedAt: Date.now(),
    deadline: Date.now() + 60_000,
    ...change,
  };
}
