"""The runtimes that are compared. Each can prepare a network (export, compile) and open what it prepared."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

#: Takes arrays by input name, gives the network's one result.
Network = Callable[[dict[str, np.ndarray]], np.ndarray]


class Runtime(Protocol):
    def version(self) -> str: ...

    def prepare(self, folder: Path, part, out: Path) -> None:
        """What is done once for a checkpoint and a shape, before the first start: writes into `out`."""

    def open(self, folder: Path, name: str, prepared: Path) -> Network: ...


class PyTorch:
    """diffusers and transformers as they come, perhaps in bfloat16, perhaps the module compiled."""

    def __init__(self, dtype: str = "float32", compile: bool = False):
        self.dtype, self.compile = dtype, compile

    def version(self) -> str:
        import diffusers
        import torch

        return f"PyTorch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}"

    def prepare(self, folder: Path, part, out: Path) -> None:
        """Fills the compiler's cache by one evaluation."""
        if self.compile:
            self.open(folder, part.name, out)({name: tensor.numpy() for name, tensor in part.example.items()})

    def use_cache(self, prepared: Path) -> None:
        """Compiled code lies with the run's own files, not with other runs'. To be called before torch is imported."""
        os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(prepared / "inductor")

    def open(self, folder: Path, name: str, prepared: Path) -> Network:
        self.use_cache(prepared)
        import torch

        from .parts import load

        dtype = getattr(torch, self.dtype)
        network = load(folder, name, dtype)
        if self.compile:
            network.compile(dynamic=False)  # the module: what `pipe.unet.compile()` does

        def evaluate(inputs: dict[str, np.ndarray]) -> np.ndarray:
            tensors = [torch.from_numpy(array) for array in inputs.values()]
            with torch.inference_mode():
                return network(*(t.to(dtype) if t.is_floating_point() else t for t in tensors)).float().numpy()

        return evaluate


class OnnxRuntime:
    """torch.onnx.export with static shapes, run by onnxruntime's own Python package with its defaults."""

    def version(self) -> str:
        import onnxruntime

        return f"onnxruntime {onnxruntime.__version__}, torch.onnx.export"

    def prepare(self, folder: Path, part, out: Path) -> None:
        import onnxruntime  # noqa: F401 (without it the export is for nothing)
        import torch

        from .parts import load

        network = load(folder, part.name)
        program = torch.onnx.export(
            network,
            tuple(part.example.values()),
            input_names=list(part.example),
            output_names=["result"],
            dynamo=True,
            verbose=False,
        )
        (out / part.name).mkdir(parents=True, exist_ok=True)
        program.save(str(out / part.name / "model.onnx"), external_data=True)

    def open(self, folder: Path, name: str, prepared: Path) -> Network:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            prepared / name / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        return lambda inputs: session.run(None, inputs)[0]


class OpenVINO:
    """openvino.convert_model with static shapes, float32 weights, compiled for latency."""

    def __init__(self, precision: str = "f32"):
        self.precision = precision

    def version(self) -> str:
        import openvino

        return f"OpenVINO {openvino.__version__.split('-')[0]}"

    def prepare(self, folder: Path, part, out: Path) -> None:
        import openvino

        from .parts import load

        example = part.example
        model = openvino.convert_model(
            load(folder, part.name),
            example_input=tuple(example.values()),
            input=[(list(tensor.shape)) for tensor in example.values()],
        )
        for port, name in zip(model.inputs, example, strict=True):
            port.get_tensor().set_names({name})
        openvino.save_model(model, out / part.name / "model.xml", compress_to_fp16=False)

    def open(self, folder: Path, name: str, prepared: Path) -> Network:
        import openvino

        compiled = openvino.Core().compile_model(
            prepared / name / "model.xml",
            "CPU",
            {"INFERENCE_PRECISION_HINT": self.precision, "PERFORMANCE_HINT": "LATENCY"},
        )
        request = compiled.create_infer_request()
        return lambda inputs: request.infer(inputs)[0]


RUNTIMES: dict[str, Runtime] = {
    "pytorch": PyTorch(),
    "bf16": PyTorch("bfloat16"),
    "compile": PyTorch(compile=True),
    "onnxruntime": OnnxRuntime(),
    "openvino": OpenVINO(),
    "openvino-bf16": OpenVINO("bf16"),
}
