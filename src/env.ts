import { z } from "zod";
import { EmendError } from "./errors/EmendError.ts";

/** Empty means unset: `FOO= npm start` behaves as if FOO were not there. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);

const schema = z.object({
  /** Bot token; without it `emend start` runs the local sandbox instead of Discord. */
  DISCORD_TOKEN: optional(z.string().min(1).optional()),
  /** Base of the REST API, without the version. */
  DISCORD_API_URL: optional(z.url({ protocol: /^https?$/ }).default("https://discord.com/api")),
  /** redis:// or rediss:// address; without it a local Redis is found or started. */
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ }).optional()),
  /** Data folder: blobs, embedded Redis. */
  EMEND_HOME: optional(z.string().default("./data")),
  /** Checkpoint folder; default the bundled models/mini. */
  EMEND_MODEL: optional(z.string().optional()),
  EMEND_DEVICE: optional(z.enum(["cpu", "cuda", "auto"]).default("auto")),
  /** Largest accepted input picture, in pixels (width × height). */
  EMEND_MAX_PIXELS: optional(z.coerce.number().int().positive().default(25_000_000)),
  /** Largest accepted input file, in bytes. */
  EMEND_MAX_BYTES: optional(
    z.coerce
      .number()
      .int()
      .positive()
      .default(20 * 1024 * 1024),
  ),
});

export type Env = z.infer<typeof schema>;

/**
 * The configuration, read once from the environment.
 * @throws EmendError `bad_usage` that names every problem at once (values are never printed: they may be secrets).
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EmendError("bad_usage", `wrong settings in the environment: ${problems.join("; ")}`);
}
