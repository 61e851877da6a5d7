"""
Writes test/golden/anysd: `experts/` and `image_encoder/` of an AnySD checkpoint, whose other parts are those of
test/golden/ip2p, and what diffusers' IP-Adapter makes of them, with the task's vector before the picture's tokens as
AnySD's U-Net has it (anysd/src/unet.py). Run after make_components.py: `python training/goldens/make_anysd.py`.
"""

import torch
from components import ROOT, new_case, randomise, save_golden, save_part
from diffusers import UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

WIDTH, DIM, TOKENS, INNER, LAYERS = 12, 10, 3, 128, 4
EXPERTS, SCALE = ("global", "viewpoint"), 0.8
LATENT = (4, 8)


def projection(seen: int) -> dict[str, torch.Tensor]:
    """IP-Adapter Plus' Resampler, by the names that AnySD saves."""
    tensors = {
        "latents": torch.randn(1, TOKENS, DIM),
        "proj_in.weight": torch.randn(DIM, seen) * 0.3,
        "proj_in.bias": torch.randn(DIM) * 0.1,
        "proj_out.weight": torch.randn(WIDTH, DIM) * 0.3,
        "proj_out.bias": torch.randn(WIDTH) * 0.1,
    }
    for i in range(LAYERS):
        tensors |= {
            f"layers.{i}.0.to_q.weight": torch.randn(INNER, DIM) * 0.3,
            f"layers.{i}.0.to_kv.weight": torch.randn(2 * INNER, DIM) * 0.3,
            f"layers.{i}.0.to_out.weight": torch.randn(DIM, INNER) * 0.1,
            f"layers.{i}.1.1.weight": torch.randn(4 * DIM, DIM) * 0.3,
            f"layers.{i}.1.3.weight": torch.randn(DIM, 4 * DIM) * 0.2,
        }
    norms = [f"layers.{i}.{name}" for i in range(LAYERS) for name in ("0.norm1", "0.norm2", "1.0")]
    for name, width in [*((norm, DIM) for norm in norms), ("norm_out", WIDTH)]:
        tensors |= {f"{name}.weight": 1 + torch.randn(width) * 0.1, f"{name}.bias": torch.randn(width) * 0.1}
    return tensors


def keys_and_values(unet: UNet2DConditionModel) -> dict[str, torch.Tensor]:
    """Of each attention to the context, numbered by its place among all of them."""
    names = list(unet.attn_processors)
    modules = dict(unet.named_modules())
    return {
        f"{i}.to_{kind}_ip.weight": torch.randn_like(modules[name.removesuffix(".processor")].to_k.weight) * 0.3
        for i, name in enumerate(names)
        if ".attn2." in name
        for kind in "kv"
    }


class AnySDUNet(UNet2DConditionModel):
    def process_encoder_hidden_states(self, encoder_hidden_states, added_cond_kwargs):
        tokens = self.encoder_hid_proj(added_cond_kwargs["image_embeds"])[0]
        return encoder_hidden_states, [torch.cat([added_cond_kwargs["task_embeds"], tokens], 2)]


def main() -> None:
    torch.manual_seed(400)
    folder = new_case("anysd")
    vision = randomise(
        CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=2, image_size=28,
                patch_size=14, projection_dim=8, hidden_act="gelu",
            )
        )
    )  # fmt: skip
    save_part(vision, folder / "image_encoder")
    with torch.no_grad():
        states = vision(torch.zeros(1, 3, 28, 28), output_hidden_states=True).hidden_states[-2]
    table = torch.randn(14, 1, 1, WIDTH)
    (folder / "experts").mkdir()
    save_file({"task_embs": table}, folder / "experts/task_embs.safetensors")
    noisy, image, context = torch.randn(1, 4, *LATENT), torch.randn(1, 4, *LATENT), torch.randn(1, 7, WIDTH)
    golden = {"noisy": noisy, "image": image, "context": context, "timestep": torch.tensor([333.0])}
    for name, row in zip(EXPERTS, (2, 4), strict=True):
        unet = AnySDUNet.from_pretrained(ROOT / "ip2p/unet").eval()
        expert = {"image_proj": projection(16), "ip_adapter": keys_and_values(unet)}
        flat = {f"{part}.{key}": value for part, values in expert.items() for key, value in values.items()}
        save_file(flat, folder / f"experts/{name}.safetensors")
        unet._load_ip_adapter_weights([expert], low_cpu_mem_usage=False)
        for processor in unet.attn_processors.values():
            if hasattr(processor, "scale"):
                processor.scale = [SCALE]
        for kind, task in (("out", table[row : row + 1]), ("none", torch.zeros(1, 1, 1, WIDTH))):
            added = {"image_embeds": [states[:, None]], "task_embeds": task}
            with torch.no_grad():
                golden[f"{name}_{kind}"] = unet(
                    torch.cat([noisy, image], 1), golden["timestep"], context, added_cond_kwargs=added
                ).sample
    for file in (folder / "experts").iterdir():
        file.chmod(0o644)
    save_golden(folder, golden)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
