import pino from "pino";
import { describeError } from "./describeError.ts";
import { makeScrubber } from "./scrub.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** The whole of what this program needs of a log. The last argument holds ids and numbers, never people's words. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>> & { readonly error?: unknown };

export interface LogOptions {
  readonly level: LogLevel;
  /** Values that must never appear: tokens, addresses with passwords. */
  readonly secrets: readonly (string | undefined)[];
  /** Default: standard error, one JSON object per line. */
  readonly write?: (line: string) => void;
}

export function createLog({ level, secrets, write }: LogOptions): Log {
  const scrub = makeScrubber(secrets);
  const destination = { write: write ?? ((line: string) => void process.stderr.write(line)) };
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const at =
    (name: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}) => {
      if (!logger.isLevelEnabled(name)) return;
      const clean: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(fields)) {
        if (key === "error") clean[key] = describeError(value, scrub);
        else clean[key] = typeof value === "string" ? scrub(value) : value;
      }
      logger[name](clean, scrub(message));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A log that keeps quiet. */
export const noLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
