"""A small open_clip model with random weights, made by the tests that need one."""

import json

import numpy as np
import open_clip
import torch
from safetensors.torch import save_file

from layerforge.scoring.heads import Head

SIDE = 64
DIM = 48


def make_encoder(
    folder,
    *,
    quick_gelu=True,
    resize_mode="shortest",
    side=SIDE,
    dim=DIM,
    width=64,
    layers=2,
    reads=False,
):
    """A small open_clip model whose first layer sees shapes and colours, as trained ones do.

    reads: with a text tower that knows open_clip's vocabulary.
    """
    text = {"context_length": 77, "vocab_size": 49408} if reads else {}
    config = {
        "embed_dim": dim,
        "quick_gelu": quick_gelu,
        "vision_cfg": {"image_size": side, "layers": layers, "width": width, "patch_size": 16},
        "text_cfg": {"context_length": 8, "vocab_size": 32, "width": 32, "heads": 2, "layers": 1},
    }
    config["text_cfg"].update(text)
    config["vision_cfg"]["head_width"] = 32
    folder.mkdir(parents=True)
    (folder / "open_clip_config.json").write_text(
        json.dumps({"model_cfg": config, "preprocess_cfg": {"resize_mode": resize_mode}})
    )
    torch.manual_seed(7)
    model = open_clip.CLIP(**config)
    y, x = torch.meshgrid(*[(torch.arange(16) + 0.5) / 16] * 2, indexing="ij")
    waves = [torch.cos(torch.pi * a * y) * torch.cos(torch.pi * b * x) for a, b in _orders()]
    mix = torch.randn(width, 3, len(waves))
    state = model.state_dict()
    state["visual.conv1.weight"] = torch.einsum("ock,khw->ochw", mix, torch.stack(waves)) / 40
    save_file({key: value.contiguous() for key, value in state.items()}, folder / "m.safetensors")
    return folder


def _orders():
    return [(a, b) for a in range(4) for b in range(4)]


def make_head(encoder, *, dim=DIM):
    rng = np.random.default_rng(3)
    return Head(rng.normal(size=dim) * 4, 5.0, "small", encoder)
