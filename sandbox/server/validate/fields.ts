import { z } from "zod";

/** Text of a length, counted in characters (not UTF-16 units) as Discord counts. */
export function text(minimum: number, maximum: number) {
  return z.string().superRefine((value, context) => {
    const length = [...value].length;
    if (length >= minimum && length <= maximum) return;
    const message =
      length === 0
        ? "This field is required"
        : `Must be ${minimum > 1 || length < minimum ? `between ${minimum} and ${maximum}` : `${maximum} or fewer`} in length.`;
    const code =
      length === 0 ? "BASE_TYPE_REQUIRED" : length > maximum ? "BASE_TYPE_MAX_LENGTH" : "BASE_TYPE_BAD_LENGTH";
    context.addIssue({ code: "custom", message, params: { code } });
  });
}

/** A field that may be missing; Discord treats null as missing. */
export function optional<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Reports a form problem from inside superRefine. */
export function addProblem(context: z.RefinementCtx, path: (string | number)[], code: string, message: string): void {
  context.addIssue({ code: "custom", path, message, params: { code } });
}

export const snowflake = z.string().regex(/^\d{1,20}$/);
export const customId = text(1, 100);
/** The number that tells components of one message apart; Discord fills it in when it is missing or 0. */
export const componentId = optional(
  z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
);

const SCHEMES = ["http:", "https:", "discord:"];

/** An address a person may be sent to. */
export const linkUrl = text(1, 512).superRefine((value, context) => {
  if (!URL.canParse(value) || !SCHEMES.includes(new URL(value).protocol)) {
    addProblem(context, [], "BASE_TYPE_BAD_URL", "Not a well formed URL.");
  }
});

/** Where a picture comes from: the web, or a file of the same request. */
export const mediaUrl = text(1, 2048).superRefine((value, context) => {
  const fine = URL.canParse(value) && ["http:", "https:", "attachment:"].includes(new URL(value).protocol);
  if (!fine) addProblem(context, [], "URL_TYPE_INVALID_SCHEME", "Scheme must be one of (http, https, attachment).");
});
