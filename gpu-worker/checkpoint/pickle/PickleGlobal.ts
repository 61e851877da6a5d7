import type { Dtype } from "../TensorInfo.ts";
import type { PickleTuple } from "./PickleTuple.ts";
import type { PickleValue } from "./PickleValue.ts";

/** What a name that a pickle may mention stands for here. Python's object of that name is never looked up. */
export class PickleGlobal {
  /** Module and name, "torch._utils._rebuild_tensor_v2". */
  readonly name: string;
  /** Our own function in the place of Python's, for names that are called. `undefined`: these arguments are not known. */
  readonly build?: (args: PickleTuple) => PickleValue | undefined;
  /** Element type, for names of storages. */
  readonly dtype?: Dtype;
  /** Calls make an `InertObject`, also those that pass the class around (NEWOBJ). */
  readonly inert: boolean;

  constructor(
    name: string,
    meaning: {
      readonly build?: (args: PickleTuple) => PickleValue | undefined;
      readonly dtype?: Dtype;
      readonly inert?: boolean;
    },
  ) {
    this.name = name;
    if (meaning.build) this.build = meaning.build;
    if (meaning.dtype) this.dtype = meaning.dtype;
    this.inert = meaning.inert ?? false;
  }
}
