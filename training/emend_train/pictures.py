"""Contact sheets of edits: source, model's output, target, instruction underneath."""

import textwrap

from PIL import Image, ImageDraw
from torch import Tensor

from .shards import Batch


def grid(batch: Batch, output: Tensor, columns: int = 4, zoom: int = 2) -> Image.Image:
    side = batch.source.shape[1] * zoom
    width, height = side * 3 + 12, side + 30
    rows = -(-len(output) // columns)
    sheet = Image.new("RGB", (columns * width, rows * height), "white")
    draw = ImageDraw.Draw(sheet)
    for index, text in enumerate(batch.instructions):
        x, y = index % columns * width, index // columns * height
        for at, picture in enumerate((batch.source[index], output[index], batch.target[index])):
            image = Image.fromarray(picture.numpy()).resize((side, side), Image.NEAREST)
            sheet.paste(image, (x + at * side, y))
        draw.text((x + 2, y + side + 1), "\n".join(textwrap.wrap(text, side * 3 // 6)[:2]), fill="black")
    return sheet
