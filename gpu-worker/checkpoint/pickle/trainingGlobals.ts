import { PickleGlobal } from "./PickleGlobal.ts";

/**
 * What trainers (PyTorch Lightning above all) save beside the weights: callbacks, settings, counters. A file of them is
 * read, and each of these becomes an `InertObject`: an empty thing with a name. A weight that is made of one is refused.
 */
const names = [
  "pytorch_lightning.callbacks.ModelCheckpoint",
  "pytorch_lightning.callbacks.model_checkpoint",
  "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
  "pytorch_lightning.callbacks.early_stopping.EarlyStopping",
  "pytorch_lightning.callbacks.lr_monitor.LearningRateMonitor",
  "pytorch_lightning.utilities.parsing.AttributeDict",
  "lightning_fabric.utilities.data.AttributeDict",
  "lightning.fabric.utilities.data.AttributeDict",
  "omegaconf.base.ContainerMetadata",
  "omegaconf.base.Metadata",
  "omegaconf.dictconfig.DictConfig",
  "omegaconf.listconfig.ListConfig",
  "omegaconf.nodes.AnyNode",
  "argparse.Namespace",
  "collections.defaultdict",
  "collections.Counter",
  "pathlib.PosixPath",
  "typing.Any",
  "_codecs.encode",
  "numpy.dtype",
  "numpy.ndarray",
  "numpy.core.multiarray.scalar",
  "numpy.core.multiarray._reconstruct",
  "numpy._core.multiarray.scalar",
  "numpy._core.multiarray._reconstruct",
  "torch.device",
  "torch.float16",
  "torch.bfloat16",
  "torch.float32",
  "torch.float64",
  "torch.int64",
  ...["dict", "list", "set", "int", "float", "str", "bool"].flatMap((name) => [
    `builtins.${name}`,
    `__builtin__.${name}`,
  ]),
];

export const trainingGlobals: ReadonlyMap<string, PickleGlobal> = new Map(
  names.map((name) => [name, new PickleGlobal(name, { inert: true })]),
);
