import { z } from "zod";

/** Lower-case hex SHA-256 of a blob: the only way in which a picture is named across the queue. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A turn's id: letters, digits, `-` and `_`, so that it can stand in Redis keys, job ids, file names and custom ids. */
export const turnIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** A Discord id: digits, as a string because it does not fit a number. */
export const snowflakeSchema = z.string().regex(/^[0-9]{1,20}$/);

/** "auto", or the name of a task of some checkpoint (learned tasks have names of their own). */
export const taskSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/);

/** 0 … 2³²−1. */
export const seedSchema = z.number().int().min(0).max(0xffff_ffff);

/**
 * The threshold of sequential edit thresholding (METHOD §5): pixels whose smoothed change, summed over the three colours
 * with values in [0, 1], stays below it keep the source's bits. 0 gives the model's picture everywhere, 1 the source.
 */
export const alphaSchema = z.number().min(0).max(1);

/** Milliseconds since 1970. */
export const timeSchema = z.number().int().nonnegative();

/** A stored picture: its blob and what the blob holds. Pixels and bytes. */
export const pictureRefSchema = z.object({
  sha256: sha256Schema,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  bytes: z.number().int().positive(),
});

export type PictureRef = z.infer<typeof pictureRefSchema>;
