"""
Writes test/golden/deep-cache: what the authors' own DeepCache computes over a few timesteps on the U-Net of `unet-sd`.
Run from anywhere, after make_components.py: `python training/goldens/make_deep_cache.py`.
"""

from types import SimpleNamespace

import torch
from components import ROOT, new_case, save_golden
from DeepCache import DeepCacheSDHelper
from diffusers import UNet2DConditionModel

INTERVAL, BRANCHES = 3, (0, 1, 2, 3, 5, 9, 11)
TIMESTEPS = [801, 601, 401, 201]  # computed wholly, from the cache, from the cache, wholly


def main() -> None:
    torch.manual_seed(0)
    unet = UNet2DConditionModel.from_pretrained(ROOT / "unet-sd" / "unet").eval()
    samples = torch.randn(len(TIMESTEPS), unet.config.in_channels, 8, 12)
    context = torch.randn(1, 7, unet.config.cross_attention_dim)
    tensors = {"samples": samples, "timesteps": torch.tensor(TIMESTEPS, dtype=torch.float32), "context": context}
    for branch in BRANCHES:
        # All that the helper wants of a pipeline.
        pipe = SimpleNamespace(unet=unet, scheduler=SimpleNamespace(timesteps=TIMESTEPS))
        helper = DeepCacheSDHelper(pipe=pipe)
        helper.set_params(cache_interval=INTERVAL, cache_branch_id=branch)
        helper.enable()
        with torch.no_grad():
            outputs = [unet(samples[i : i + 1], torch.tensor(t), context).sample for i, t in enumerate(TIMESTEPS)]
        helper.disable()
        tensors[f"branch_{branch}"] = torch.cat(outputs)
    save_golden(new_case("deep-cache"), tensors)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
