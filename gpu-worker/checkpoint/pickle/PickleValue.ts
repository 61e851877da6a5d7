import type { InertObject } from "./InertObject.ts";
import type { PickledTensor } from "./PickledTensor.ts";
import type { PickleGlobal } from "./PickleGlobal.ts";
import type { PickleTuple } from "./PickleTuple.ts";
import type { StorageRange } from "./StorageRange.ts";

/** What the pickle machine can make. Dictionaries are Maps, lists arrays; there is nothing that could be called by a name. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PickleValue[]
  | ReadonlyMap<PickleValue, PickleValue>
  | PickleTuple
  | PickleGlobal
  | StorageRange
  | PickledTensor
  | InertObject;
