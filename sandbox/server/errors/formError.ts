import type { z } from "zod";
import { DiscordError } from "./DiscordError.ts";

export interface FormIssue {
  path: readonly PropertyKey[];
  code: string;
  message: string;
}

interface ErrorTree {
  [key: string]: ErrorTree | object[] | undefined;
  _errors?: object[];
}

/** 50035 with Discord's nested tree: `{"embeds": {"0": {"title": {"_errors": [{code, message}]}}}}`. */
export function formError(issues: readonly FormIssue[]): DiscordError {
  const tree: ErrorTree = {};
  for (const { path, code, message } of issues) {
    let node = tree;
    for (const key of path) {
      const next = (node[String(key)] as ErrorTree | undefined) ?? {};
      node[String(key)] = next;
      node = next;
    }
    node._errors = [...(node._errors ?? []), { code, message }];
  }
  return new DiscordError(400, 50035, "Invalid Form Body", { errors: tree });
}

/** Parses a body by a zod schema, or throws 50035. */
export function parseForm<S extends z.ZodType>(
  schema: S,
  value: unknown,
  at: readonly PropertyKey[] = [],
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw formError(result.error.issues.map((issue) => toFormIssue(issue, at)));
}

function toFormIssue(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): FormIssue {
  const path = [...at, ...issue.path];
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined && issue.message.includes("undefined")
        ? { path, code: "BASE_TYPE_REQUIRED", message: "This field is required" }
        : { path, code: "BASE_TYPE_BAD_TYPE", message: issue.message };
    case "too_small":
    case "too_big":
      return {
        path,
        code: issue.origin === "number" ? "NUMBER_TYPE_BAD_RANGE" : "BASE_TYPE_BAD_LENGTH",
        message: issue.message,
      };
    case "invalid_union":
      return { path, code: "UNION_TYPE_CHOICES", message: `Value of field "type" is not allowed here` };
    case "invalid_value":
      return { path, code: "BASE_TYPE_CHOICES", message: issue.message };
    case "custom":
      return { path, code: String(issue.params?.code ?? "BASE_TYPE_INVALID"), message: issue.message };
    default:
      return { path, code: "BASE_TYPE_INVALID", message: issue.message };
  }
}
