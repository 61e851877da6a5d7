import type { z } from "zod";
import { badModel } from "./badModel.ts";

/**
 * Checks a configuration.
 * @param label how messages name the file
 * @throws EmendError `bad_model` that names the key that is wrong
 */
export function parseConfig<T extends z.ZodType>(label: string, json: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const value = path.reduce<unknown>(
    (object, key) => (object as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  );
  const found = path.length === 0 ? "" : `${path.join(".")} = ${JSON.stringify(value)?.slice(0, 80)}: `;
  throw badModel(label, found + message.replaceAll("\n", " "));
}
