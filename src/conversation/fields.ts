/** A record as the fields of a Redis hash: one JSON text per field; fields that are undefined are left out. */
export function encodeFields(fields: object): Record<string, string> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, JSON.stringify(value)]));
}

/** The record again, to be parsed; undefined when a field is no JSON. */
export function decodeFields(fields: Record<string, string>): unknown {
  try {
    return Object.fromEntries(Object.entries(fields).map(([name, json]) => [name, JSON.parse(json)]));
  } catch {
    return undefined;
  }
}
