"""
Writes test/golden/{taesd,taesd-tiny,safety-checker,vit,pixels}: the tiny autoencoder, the two kinds of safety checkers,
what pictures look like to them, and what diffusers and transformers compute.
Run from anywhere: `python training/goldens/make_safety.py`.
"""

import json

import numpy as np
import torch
from components import new_case, randomise, save_golden, save_part, write_json
from diffusers import AutoencoderTiny
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from PIL import Image
from torch import nn
from transformers import CLIPConfig, CLIPImageProcessorPil, ViTConfig, ViTForImageClassification, ViTImageProcessorPil

TINY = dict(
    encoder_block_out_channels=(8, 8, 8), decoder_block_out_channels=(8, 8, 8), num_encoder_blocks=(1, 2, 1),
    num_decoder_blocks=(2, 1, 1),
)  # fmt: skip


def make_tiny_autoencoders() -> None:
    """A tiny configuration, and the layout of madebyollin/taesd and taesdxl with other weights, in half precision."""
    for name, config in {"taesd-tiny": TINY, "taesd": {}}.items():
        torch.manual_seed(70)
        folder, vae = new_case(name), randomise(AutoencoderTiny(**config))
        # In the real layout 2.4 million weights: only a pattern of them is kept, and the test makes the same.
        if name == "taesd":
            fill(vae)
            vae.save_config(folder / "vae")
            write_json(folder / "shapes.json", {key: list(value.shape) for key, value in vae.state_dict().items()})
        else:
            save_part(vae, folder / "vae")
        cells = (4, 6) if name == "taesd-tiny" else (3, 2)
        side = 2 ** (len(vae.config.num_encoder_blocks) - 1)
        picture, latent = torch.rand(1, 3, *(side * n for n in cells)) * 2 - 1, torch.randn(1, 4, *cells) * 2
        with torch.no_grad():
            encoded, decoded = vae.encode(picture).latents, vae.decode(latent).sample
        save_golden(folder, {"picture": picture, "encoded": encoded, "latent": latent, "decoded": decoded})


def fill(module: nn.Module) -> None:
    """
    Weights by rule, the same as test/models/patternedWeights.ts makes: quadratic residues, scaled so that a signal
    keeps its size.
    """
    with torch.no_grad():
        for index, (_, value) in enumerate(sorted(module.state_dict().items())):
            places = np.arange(value.numel(), dtype=np.int64)
            residues = (places * places * 7 + places * 31 + index * 997) % 65_521
            fan = value.numel() / value.shape[0] if value.dim() > 1 else 100
            flat = (residues / 32_760.5 - 1) * 2 / np.sqrt(fan)
            value.copy_(torch.from_numpy(flat.astype(np.float32)).reshape(value.shape))


def make_safety_checker() -> None:
    torch.manual_seed(71)
    folder = new_case("safety-checker")
    vision = dict(
        hidden_size=24, intermediate_size=48, num_hidden_layers=2, num_attention_heads=3, image_size=28, patch_size=14
    )  # ViT-L/14 has 1024, 4096, 24, 16, 224, 14
    checker = StableDiffusionSafetyChecker(CLIPConfig(vision_config=vision, projection_dim=16))
    randomise(checker)
    with torch.no_grad():
        checker.concept_embeds.copy_(torch.randn(17, 16))
        checker.special_care_embeds.copy_(torch.randn(3, 16))
        checker.concept_embeds_weights.copy_(torch.rand(17) * 0.3 + 0.6)
        checker.special_care_embeds_weights.copy_(torch.rand(3) * 0.3 + 0.4)
    save_part(checker, folder / "safety_checker")
    processor = CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28})
    save_processor(processor, folder / "feature_extractor")
    pixels = torch.randn(1, 3, 28, 28)
    with torch.no_grad():
        embeds = checker.visual_projection(checker.vision_model(pixels)[1])
        golden = {"pixels": pixels, "embeds": embeds} | decisions(checker)
    save_golden(folder, golden)


def decisions(checker: StableDiffusionSafetyChecker) -> dict[str, torch.Tensor]:
    """Embeddings all over the sphere, and hard by the thresholds: what the checker's rule says about each."""
    directions = torch.cat([checker.concept_embeds, checker.special_care_embeds])
    thresholds = torch.cat([checker.concept_embeds_weights, checker.special_care_embeds_weights])
    rows = [torch.randn(16) for _ in range(100)]
    for direction, threshold in zip(directions, thresholds, strict=True):
        for off in (-0.02, -0.0105, -0.0095, -0.002, 0.0003, 0.0007, 0.002, 0.02):
            unit = direction / direction.norm()
            other = torch.randn(16)
            other = other - (other @ unit) * unit
            cosine = threshold + off
            rows.append(cosine * unit + (1 - cosine**2).sqrt() * other / other.norm())
    embeds = torch.stack(rows)
    # The rule stands inside forward(), behind the network: hand it these embeddings in place of the network's.
    del checker.vision_model, checker.visual_projection
    checker.vision_model, checker.visual_projection = lambda pixels: (None, pixels), lambda pooled: pooled
    _, unsafe = checker(embeds, torch.zeros(len(rows), 3, 1, 1))
    print(f"safety-checker: {sum(unsafe)} of {len(rows)} unsafe")
    return {"rule_embeds": embeds, "rule_unsafe": torch.tensor(unsafe).float()}


def make_classifier() -> None:
    torch.manual_seed(72)
    folder = new_case("vit")
    labels = {0: "drawings", 1: "NSFW", 2: "porn", 3: "neutral"}
    config = ViTConfig(
        hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48, image_size=32, patch_size=8,
        id2label=labels, label2id={label: i for i, label in labels.items()},
    )  # fmt: skip
    classifier = randomise(ViTForImageClassification(config))
    save_part(classifier, folder)
    save_processor(ViTImageProcessorPil(size={"height": 32, "width": 32}), folder)
    pixels = torch.randn(1, 3, 32, 32)
    with torch.no_grad():
        probabilities = classifier(pixels).logits.softmax(-1)
    save_golden(folder, {"pixels": pixels, "probabilities": probabilities})


# Larger, smaller, equal, far from square; none so tall that Pillow 13 would do the rows first (rounding differs then).
SIZES = ((50, 34), (20, 13), (28, 28), (700, 40), (40, 52), (29, 28))


def make_pixels() -> None:
    """What the two image processors make of pictures that test/safety/imageProcessor.test.ts makes, too."""
    folder = new_case("pixels")
    small = {"shortest_edge": 28}, {"height": 28, "width": 28}
    processors = {
        "clip": CLIPImageProcessorPil(size=small[0], crop_size=small[1]),
        "vit": ViTImageProcessorPil(size=small[1]),
    }
    golden = {}
    for name, processor in processors.items():
        save_processor(processor, folder / name)
        for size in SIZES:
            pixels = processor(patterned(*size), return_tensors="pt").pixel_values
            golden[f"{name} {size[0]}x{size[1]}"] = pixels
    save_golden(folder, golden)


def patterned(width: int, height: int) -> Image.Image:
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return Image.fromarray(((x * x * 3 + y * y * 5 + x * y * (c + 1) + 40 * c) // 4 % 256).astype(np.uint8))


def save_processor(processor, folder) -> None:
    """preprocessor_config.json as on the hub: the slow classes' names are those of this environment only."""
    values = json.loads(processor.to_json_string())
    values["image_processor_type"] = values["image_processor_type"].removesuffix("Pil")
    write_json(folder / "preprocessor_config.json", values)


if __name__ == "__main__":
    torch.set_num_threads(1)
    make_tiny_autoencoders()
    make_safety_checker()
    make_classifier()
    make_pixels()
