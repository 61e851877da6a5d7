import type { Dtype } from "../TensorInfo.ts";
import { PickledTensor } from "./PickledTensor.ts";
import { PickleGlobal } from "./PickleGlobal.ts";
import { PickleTuple } from "./PickleTuple.ts";
import { rebuildTensor } from "./rebuildTensor.ts";

const storages: Readonly<Record<string, Dtype>> = {
  "torch.FloatStorage": "F32",
  "torch.HalfStorage": "F16",
  "torch.BFloat16Storage": "BF16",
  "torch.DoubleStorage": "F64",
  "torch.LongStorage": "I64",
  "torch.IntStorage": "I32",
  "torch.ShortStorage": "I16",
  "torch.CharStorage": "I8",
  "torch.ByteStorage": "U8",
  "torch.BoolStorage": "BOOL",
};

const known = [
  new PickleGlobal("collections.OrderedDict", { build: ({ items }) => (items.length === 0 ? new Map() : undefined) }),
  new PickleGlobal("torch._utils._rebuild_tensor_v2", { build: rebuildTensor }),
  new PickleGlobal("torch._utils._rebuild_parameter", {
    build: ({ items: [tensor] }) => (tensor instanceof PickledTensor ? tensor : undefined),
  }),
  new PickleGlobal("torch.Size", { build: ({ items: [size] }) => (size instanceof PickleTuple ? size : undefined) }),
  ...Object.entries(storages).map(([name, dtype]) => new PickleGlobal(name, { dtype })),
];

/** All that `torch.save(model.state_dict())` mentions. */
export const weightGlobals: ReadonlyMap<string, PickleGlobal> = new Map(known.map((global) => [global.name, global]));
