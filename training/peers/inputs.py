"""The U-Net's inputs as a file holds them."""

#: In the order in which the network takes them; a safetensors file keeps none.
ORDER = ("sample", "timestep", "context", "label")


def in_order(inputs: dict) -> dict:
    return {name: inputs[name] for name in ORDER if name in inputs}
