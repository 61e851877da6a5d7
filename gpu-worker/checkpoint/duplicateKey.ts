/**
 * A key that some object of a JSON text has twice (`JSON.parse` silently keeps the last one), or undefined.
 * @param text valid JSON
 */
export function duplicateKey(text: string): string | undefined {
  /** One entry per open bracket: the keys seen in that object, or null for an array. */
  const open: (Set<string> | null)[] = [];
  let expectKey = false;
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;
  for (const [part] of text.matchAll(token)) {
    if (part === "{") open.push(new Set());
    else if (part === "[") open.push(null);
    else if (part === "}" || part === "]") open.pop();
    else if (part !== ",") {
      const keys = open.at(-1);
      if (expectKey && keys) {
        const key = JSON.parse(part) as string;
        if (keys.has(key)) return key;
        keys.add(key);
      }
    }
    expectKey = part === "{" || part === ",";
  }
  return undefined;
}
