/** What is logged of an error: chosen fields only, since Discord's errors carry URLs with tokens and request bodies. */
export function describeError(error: unknown, scrub: (text: string) => string, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  const { name, message, stack, cause } = error;
  const described: Record<string, unknown> = { name, message: scrub(message) };
  for (const field of ["code", "status", "method"] as const) {
    const value = (error as unknown as Record<string, unknown>)[field];
    if (typeof value === "string" || typeof value === "number") described[field] = value;
  }
  if (depth === 0 && stack) described.stack = scrub(stack);
  if (cause !== undefined && depth < 3) described.cause = describeError(cause, scrub, depth + 1);
  return described;
}
