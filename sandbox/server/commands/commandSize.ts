/** Characters of names, descriptions and choice values of a command and everything in it, as Discord counts them. */
export function commandSize(value: object): number {
  let size = 0;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === "string" && ["name", "description", "value"].includes(key)) size += item.length;
    else if (Array.isArray(item)) {
      for (const inner of item) if (inner !== null && typeof inner === "object") size += commandSize(inner);
    }
  }
  return size;
}
