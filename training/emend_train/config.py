"""Sizes of the bundled model. Change them here; everything else follows."""

from dataclasses import asdict, dataclass, field

TASKS = (
    "local", "texture", "add", "remove", "background", "global", "style", "text",
    "detect", "segment", "color", "depth", "segmap", "pose", "normal", "sketch",
)  # fmt: skip
"""The sixteen tasks in the order of the task table (src/queue/tasks.ts)."""


@dataclass(frozen=True)
class ModelConfig:
    image_size: int = 64
    """Side of the training pictures, pixels."""
    patch_size: int = 4
    """Side of a space-to-depth cell, pixels: 64 px becomes a 16 x 16 grid of 48 channels."""
    block_out_channels: tuple[int, ...] = (96, 192, 224)
    attention: tuple[bool, ...] = (False, True, True)
    """Which levels of the U-Net attend to the text (and to themselves)."""
    layers_per_block: int = 1
    head_dim: int = 32
    width: int = 192
    """Width of text states, of the task vector and of the cross-attention context."""
    text_layers: int = 4
    text_tokens: int = 32
    vocabulary: int = 3072
    tasks: tuple[str, ...] = field(default=TASKS)

    @property
    def code_channels(self) -> int:
        """Channels of a picture's code: 3 p²."""
        return 3 * self.patch_size**2

    def to_json(self) -> dict:
        return asdict(self)
