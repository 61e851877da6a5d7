import { readFileSync } from "node:fs";
import { z } from "zod";
import { devices } from "./devices.ts";
import { EmendError } from "./errors/EmendError.ts";
import { decoderNames } from "./queue/decoders.ts";
import { profileNames } from "./queue/profiles.ts";

/** Empty means unset: `FOO= npm start` behaves as if FOO were not there. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);

const schema = z.object({
  /** Bot token; without it `emend start` runs the local sandbox instead of Discord. Or DISCORD_TOKEN_FILE. */
  DISCORD_TOKEN: optional(z.string().min(1).optional()),
  /** "on" asks for the privileged Message Content intent: pictures in other people's messages can then be replied to. */
  DISCORD_MESSAGE_CONTENT: optional(z.enum(["on", "off"]).default("off")),
  /** Base of the REST API, without the version. */
  DISCORD_API_URL: optional(z.url({ protocol: /^https?$/ }).default("https://discord.com/api")),
  /** Base that attachments are served from, when it is not Discord's own CDN. */
  DISCORD_CDN_URL: optional(z.url({ protocol: /^https?$/ }).optional()),
  /** redis:// or rediss:// address; without it a local Redis is found or started. Or REDIS_URL_FILE. */
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ }).optional()),
  /** First part of every Redis key, so that several bots can share one Redis. */
  EMEND_PREFIX: optional(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,32}$/, "use up to 32 letters, digits, - and _")
      .default("emend"),
  ),
  /** Data folder: blobs, embedded Redis. */
  EMEND_HOME: optional(z.string().default("./data")),
  /** Checkpoint folder, or the hub name of a model that `emend model pull` fetched; default the bundled models/mini. */
  EMEND_MODEL: optional(z.string().optional()),
  /** Folder of the task predictor; default the bundled models/predictor. */
  EMEND_PREDICTOR: optional(z.string().optional()),
  /**
   * What checks pictures for what not everybody should see: auto (the checkpoint's own safety checker), a folder with
   * a checker or classifier, or off.
   */
  EMEND_SAFETY: optional(z.string().default("auto")),
  /** Labels of a classifier that count as unsafe, separated by commas. */
  EMEND_SAFETY_LABELS: optional(z.string().default("nsfw,porn,porno,hentai,sexy,sexual,nude,explicit,unsafe")),
  /** How probable those labels must be together. */
  EMEND_SAFETY_THRESHOLD: optional(z.coerce.number().gt(0).max(1).default(0.5)),
  /** Folder of a tiny autoencoder (TAESD), for previews and the fast profile; default: the checkpoint's own, if it has one. */
  EMEND_TAESD: optional(z.string().optional()),
  /** What decodes results: docs/profiles.md. */
  EMEND_DECODER: optional(z.enum(decoderNames).default("auto")),
  /** How edits that name no profile are made: docs/profiles.md. */
  EMEND_PROFILE: optional(z.enum(profileNames).default("auto")),
  /** Where the model runs; "auto" takes this system's GPU if it works, and else the CPU (deploy/gpu.md). */
  EMEND_DEVICE: optional(z.enum(["auto", ...devices]).default("auto")),
  /** Edits whose denoising steps share evaluations of the network; default 1 on the CPU, 8 on a GPU. */
  EMEND_BATCH: optional(z.coerce.number().int().min(1).max(16).optional()),
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
  /** Edits that may be in the line, of all servers together. */
  EMEND_MAX_WAITING: optional(z.coerce.number().int().positive().default(500)),
  /** What the log on standard error holds; the default is info against Discord and warn in the sandbox. */
  EMEND_LOG_LEVEL: optional(z.enum(["debug", "info", "warn", "error", "silent"]).optional()),
});

export type Env = z.infer<typeof schema>;

/** Settings that may be given as `NAME_FILE`, the path of a file that holds the value (Docker and systemd secrets). */
const secrets = ["DISCORD_TOKEN", "REDIS_URL"] as const;

function withSecretFiles(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result = { ...source };
  for (const name of secrets) {
    const file = source[`${name}_FILE`];
    if (!file || source[name]) continue;
    try {
      result[name] = readFileSync(file, "utf8").trim();
    } catch (cause) {
      throw new EmendError("bad_usage", `wrong settings in the environment: ${name}_FILE cannot be read`, { cause });
    }
  }
  return result;
}

/**
 * The configuration, read once from the environment.
 * @throws EmendError `bad_usage` that names every problem at once (values are never printed: they may be secrets).
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = schema.safeParse(withSecretFiles(source));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EmendError("bad_usage", `wrong settings in the environment: ${problems.join("; ")}`);
}
