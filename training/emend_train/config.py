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
    text_tokens: int = 40
    vocabulary: int = 3072
    blur_sigmas: tuple[float, ...] = (0.9, 2.4)
    """The head may mix in the source blurred by these, pixels: blur, sharpen, and the softness of styles."""
    tasks: tuple[str, ...] = field(default=TASKS)

    @property
    def code_channels(self) -> int:
        """Channels of a picture's code: 3 p²."""
        return 3 * self.patch_size**2

    @property
    def head_channels(self) -> int:
        """Channels that the head takes from the U-Net: b 3p², m p², a p², a 3 x 3 matrix, a share for each blur."""
        return 5 * self.patch_size**2 + 9 + len(self.blur_sigmas)

    def to_json(self) -> dict:
        return asdict(self)
