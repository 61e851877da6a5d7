import type { StoredTensor } from "../StoredTensor.ts";

/** The tensors whose names begin with a prefix, without it. */
export const below = (tensors: ReadonlyMap<string, StoredTensor>, prefix: string): Map<string, StoredTensor> =>
  new Map(
    [...tensors].flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [])),
  );
