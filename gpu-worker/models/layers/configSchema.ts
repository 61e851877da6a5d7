import { z } from "zod";

/** A switch that is only supported at its default. */
export const only = <T extends string | number | boolean | null>(value: T) =>
  z
    .unknown()
    .optional()
    .refine((found) => (found ?? value) === value, `not supported, only ${JSON.stringify(value)}`)
    .transform(() => value);

/**
 * Schema of a diffusers config. Keys that start with "_" are diffusers' notes; any other unknown key is an error, since a
 * switch that we do not know must not be ignored silently, unless it is off (null or false).
 */
export function supportedConfig<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = new Set(Object.keys(shape));
  return z
    .record(z.string(), z.unknown())
    .transform((config, context) => {
      for (const [key, value] of Object.entries(config)) {
        if (known.has(key) || key.startsWith("_") || value === null || value === false) continue;
        context.addIssue({ code: "custom", path: [key], message: "not supported, the switch is unknown" });
      }
      return config;
    })
    .pipe(z.object(shape));
}
