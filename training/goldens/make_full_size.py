"""
Writes test/golden/full-size/<network>.json: configuration, and names and shapes of all tensors, of networks at their
real size, as diffusers and transformers save them. No weights are made: `python training/goldens/make_full_size.py`.
"""

import json

import torch
from components import new_case
from diffusers import UNet2DConditionModel
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    T5Config,
    T5EncoderModel,
)

SD2 = {
    "sample_size": 96, "in_channels": 8, "cross_attention_dim": 1024, "attention_head_dim": [5, 10, 20, 20],
    "use_linear_projection": True, "upcast_attention": True,
}  # fmt: skip
SDXL = {
    "sample_size": 128, "in_channels": 8, "cross_attention_dim": 2048, "block_out_channels": [320, 640, 1280],
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
    "transformer_layers_per_block": [1, 2, 10], "attention_head_dim": [5, 10, 20], "use_linear_projection": True,
    "addition_embed_type": "text_time", "addition_time_embed_dim": 256, "projection_class_embeddings_input_dim": 2816,
}  # fmt: skip
OPEN_CLIP_H = {
    "hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 23, "num_attention_heads": 16,
    "hidden_act": "gelu", "projection_dim": 512,
}  # fmt: skip
OPEN_CLIP_G = {
    "hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20,
    "hidden_act": "gelu", "projection_dim": 1280,
}  # fmt: skip
VIT_H = {
    "hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 16,
    "hidden_act": "gelu", "image_size": 224, "patch_size": 14, "projection_dim": 1024,
}  # fmt: skip
FLAN_T5_XL = {
    "d_model": 2048, "d_kv": 64, "d_ff": 5120, "num_layers": 24, "num_heads": 32, "feed_forward_proj": "gated-gelu",
}  # fmt: skip

NETWORKS = {
    "sd2-unet": lambda: UNet2DConditionModel(**SD2),
    "sdxl-unet": lambda: UNet2DConditionModel(**SDXL),
    "sd2-text": lambda: CLIPTextModel(CLIPTextConfig(**OPEN_CLIP_H)),
    "sdxl-text-2": lambda: CLIPTextModelWithProjection(CLIPTextConfig(**OPEN_CLIP_G)),
    "anysd-vision": lambda: CLIPVisionModelWithProjection(CLIPVisionConfig(**VIT_H)),
    "flan-t5-xl": lambda: T5EncoderModel(T5Config(**FLAN_T5_XL)),
}


def main() -> None:
    folder = new_case("full-size")
    for name, make in NETWORKS.items():
        with torch.device("meta"):
            network = make()
        tied = {"encoder.embed_tokens.weight"}  # the same tensor as shared.weight, saved once
        shapes = {key: list(value.shape) for key, value in network.state_dict().items() if key not in tied}
        config = network.config.to_dict() if hasattr(network.config, "to_dict") else dict(network.config)
        config = {key: value for key, value in config.items() if not key.startswith("_")}
        print(name, len(shapes), f"{sum(p.numel() for p in network.parameters()) / 1e6:.0f} million")
        (folder / f"{name}.json").write_text(json.dumps({"config": config, "shapes": shapes}) + "\n")


if __name__ == "__main__":
    main()
