import { z } from "zod";

/** A switch that is only supported at its default; the error shows the value that is not. */
export const only = <T extends string | number | boolean | null>(value: T) =>
  z
    .literal(value, {
      error: ({ input }) => `${JSON.stringify(input)} is not supported, only ${JSON.stringify(value)}`,
    })
    .nullish()
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
        const message = `${JSON.stringify(value)?.slice(0, 80)} is not supported: the switch is unknown`;
        context.addIssue({ code: "custom", path: [key], message });
      }
      return config;
    })
    .pipe(z.object(shape));
}
