"""Golden numbers for gpu-worker/diffusion: diffusers' schedulers, driven by a small stand-in for the network.

    python training/goldens/make_schedulers.py        # writes test/golden/schedulers/cases.json

Each case runs diffusers twice: as it is (float32), and with the words `float32` in its two modules read as `float64`.
The second is the reference; the difference between the two is stored as `rounding`, what float32 costs diffusers
itself. Noise is not stored: noise.py makes the same bits as gpu-worker/diffusion/noise.ts.
"""

import contextlib
import itertools
import json
import pathlib
import warnings

import diffusers
import numpy as np
import torch
from diffusers.schedulers import (
    scheduling_ddim,
    scheduling_dpmsolver_multistep,
    scheduling_euler_ancestral_discrete,
    scheduling_euler_discrete,
    scheduling_unipc_multistep,
)
from noise import gaussian

OUT = pathlib.Path(__file__).parents[2] / "test/golden/schedulers/cases.json"
COUNT, SEED, T = 12, 7, 1000
PATTERN = torch.tensor([((7 * i) % 5 - 2) / 2 for i in range(COUNT)], dtype=torch.float64)
MODULES = {
    "DDIMScheduler": scheduling_ddim,
    "EulerDiscreteScheduler": scheduling_euler_discrete,
    "EulerAncestralDiscreteScheduler": scheduling_euler_ancestral_discrete,
    "DPMSolverMultistepScheduler": scheduling_dpmsolver_multistep,
    "UniPCMultistepScheduler": scheduling_unipc_multistep,
}


class InDouble:
    """Stands in for torch or numpy inside a scheduler's module and hands out float64 for float32."""

    def __init__(self, module):
        self._module = module

    def __getattr__(self, name):
        return getattr(self._module, "float64" if name == "float32" else name)


@contextlib.contextmanager
def precision(module, double, steps_done):
    saved = {name: getattr(module, name) for name in ("torch", "np", "randn_tensor") if hasattr(module, name)}
    if double:
        module.torch, module.np = InDouble(torch), InDouble(np)
    if "randn_tensor" in saved:
        module.randn_tensor = lambda shape, dtype=None, **_: torch.from_numpy(
            gaussian(SEED, steps_done[0] + 1, (COUNT,))
        ).to(dtype)
    try:
        yield
    finally:
        for name, value in saved.items():
            setattr(module, name, value)


def network(x, t):
    """The stand-in: smooth, bounded gain, different at every timestep and element."""
    return 0.6 * x + 0.3 * PATTERN.to(x.dtype) * (t / T) + 0.2 * x / (1 + x * x)


def run(config, steps, eta, double):
    name = config["_class_name"]
    done = [0]
    with precision(MODULES[name], double, done):
        # Euler-ancestral refuses "sample": the same numbers go in as the noise that they imply.
        as_noise = name.startswith("EulerAncestral") and config.get("prediction_type") == "sample"
        arguments = {k: v for k, v in config.items() if k != "_class_name"}
        if as_noise:
            arguments["prediction_type"] = "epsilon"
        scheduler = getattr(diffusers, name)(**arguments)
        scheduler.set_timesteps(steps)
        if hasattr(scheduler, "set_begin_index"):  # else a timestep that occurs twice makes it skip a step
            scheduler.set_begin_index(0)
        dtype = torch.float64 if double else torch.float32
        # As one sample of COUNT channels: UniPC wants both axes.
        x = torch.from_numpy(gaussian(SEED, 0, (COUNT,))).to(dtype)[None] * scheduler.init_noise_sigma
        for i, t in enumerate(scheduler.timesteps[:steps]):
            done[0] = i
            scaled = scheduler.scale_model_input(x, t)
            output = network(scaled, float(t))
            if as_noise:
                output = (x - output) / scheduler.sigmas[i]
            extra = {"eta": eta} if name == "DDIMScheduler" else {}
            x = scheduler.step(output, t, x, **extra).prev_sample
    return [float(t) for t in scheduler.timesteps[:steps]], x[0].double().numpy()


def cases():
    base = {"num_train_timesteps": T, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
    everything = itertools.product(
        MODULES,
        ("epsilon", "v_prediction", "sample"),
        ("leading", "trailing", "linspace"),
        (False, True),
        (1, 4, 10, 30),
    )
    for name, prediction, spacing, zero_snr, steps in everything:
        config = {**base, "_class_name": name, "prediction_type": prediction, "timestep_spacing": spacing}
        config["rescale_betas_zero_snr"] = zero_snr
        if name == "DDIMScheduler":
            config["clip_sample"] = False
        yield config, steps, 0.0
    for name in MODULES:
        for schedule in ("linear", "squaredcos_cap_v2"):
            for zero_snr in (False, True):
                yield (
                    {
                        "_class_name": name,
                        "prediction_type": "v_prediction",
                        "beta_schedule": schedule,
                        "num_train_timesteps": T,
                        "timestep_spacing": "trailing",
                        "rescale_betas_zero_snr": zero_snr,
                    },
                    7,
                    0.0,
                )
        yield (
            {
                "_class_name": name,
                "trained_betas": [0.02 + 0.01 * (i % 3) for i in range(40)],
                "num_train_timesteps": 40,
                "timestep_spacing": "leading",
                "steps_offset": 1,
            },
            6,
            0.0,
        )
        yield {**base, "_class_name": name}, 5, 0.0  # every default of the class
        for steps in (48, 96):  # trailing timesteps that fall on halves
            yield {**base, "_class_name": name, "timestep_spacing": "trailing"}, steps, 0.0
    for eta, clip, to_one in ((0.5, False, True), (1.0, True, False), (0.0, True, False)):
        yield (
            {
                **base,
                "_class_name": "DDIMScheduler",
                "clip_sample": clip,
                "clip_sample_range": 1.2,
                "set_alpha_to_one": to_one,
                "prediction_type": "v_prediction",
                "steps_offset": 1,
            },
            9,
            eta,
        )
    yield (
        {
            **base,
            "_class_name": "DDIMScheduler",
            "prediction_type": "sample",
            "rescale_betas_zero_snr": True,
            "timestep_spacing": "trailing",
            "clip_sample": True,
        },
        10,
        1.0,
    )
    for name in ("EulerDiscreteScheduler", "DPMSolverMultistepScheduler", "UniPCMultistepScheduler"):
        for extra in (
            {"use_karras_sigmas": True},
            {"final_sigmas_type": "sigma_min"},
            {"use_karras_sigmas": True, "final_sigmas_type": "sigma_min"},
        ):
            for steps in (5, 20):
                yield {**base, "_class_name": name, **extra}, steps, 0.0
    for extra in (
        {"lower_order_final": False, "final_sigmas_type": "sigma_min"},
        {"solver_order": 1},
        {"euler_at_final": True, "final_sigmas_type": "sigma_min"},
        {"lambda_min_clipped": -2.0},
        {"lambda_min_clipped": -2.0, "timestep_spacing": "trailing"},
        {"use_karras_sigmas": True, "beta_schedule": "squaredcos_cap_v2", "lambda_min_clipped": -5.1},
    ):
        for steps in (6, 18):
            yield {**base, "_class_name": "DPMSolverMultistepScheduler", **extra}, steps, 0.0
    for extra in (
        {"lower_order_final": False, "final_sigmas_type": "sigma_min"},
        {"solver_order": 1},
        {"solver_type": "midpoint"},
        {"use_karras_sigmas": True, "beta_schedule": "squaredcos_cap_v2"},
    ):
        for steps in (6, 18):
            yield {**base, "_class_name": "UniPCMultistepScheduler", **extra}, steps, 0.0


def main():
    warnings.simplefilter("ignore")
    diffusers.utils.logging.set_verbosity_error()
    rows = []
    for config, steps, eta in cases():
        try:
            timesteps, reference = run(config, steps, eta, double=True)
        except IndexError:  # diffusers reaches beyond its own table
            continue
        if not np.isfinite(reference).all() or (
            config.get("rescale_betas_zero_snr")
            and config.get("prediction_type", "epsilon") == "epsilon"
            and timesteps[0] > T - 2
        ):
            continue  # noise prediction at zero SNR: undefined, and refused by us
        _, single = run(config, steps, eta, double=False)
        rows.append(
            {
                "config": config,
                "steps": steps,
                "eta": eta,
                "timesteps": [round(t, 4) for t in timesteps],
                "rounding": float(f"{np.abs(single - reference).max():.2g}"),
                "result": [float(f"{value:.9g}") for value in reference],
            }
        )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    OUT.write_text(f'{{"seed":{SEED},"count":{COUNT},"diffusers":"{diffusers.__version__}","cases":[\n{lines}\n]}}\n')
    print(f"{len(rows)} cases, {OUT.stat().st_size} bytes, worst rounding {max(row['rounding'] for row in rows)}")


if __name__ == "__main__":
    main()
