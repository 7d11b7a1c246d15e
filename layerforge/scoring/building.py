"""Build an open_clip model around the weights of a file, without random ones first.

The ordinary way draws a random number for every weight and then throws it away, which takes
longer than all other loading.  Plain CLIP models from whole ``.safetensors`` can do without.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import torch

from layerforge.scoring.encoders import LocatedEncoder

_PLAIN = {"embed_dim", "vision_cfg", "text_cfg", "quick_gelu"}
_FOREIGN = {"timm_model_name", "hf_model_name"}


def quickly_built(encoder: LocatedEncoder) -> Any | None:
    """The open_clip model of ``encoder``, float32 on the CPU; None where it takes the long way.

    The text tower's weights stay in the file, mapped, until they are used.
    """
    import open_clip
    from safetensors.torch import load_file

    file = _only_file(encoder.path)
    config = open_clip.get_model_config(encoder.model)
    if file is None or config is None or not _is_plain(config):
        return None
    with torch.device("meta"):
        whole = open_clip.CLIP(**config)
    held = load_file(file)
    wanted = whole.state_dict()
    if held.keys() != wanted.keys() or any(held[key].shape != wanted[key].shape for key in held):
        return None
    # the image tower is kept, and must not change with the file
    state = {
        key: value.to(torch.float32, copy=key.startswith("visual.")) for key, value in held.items()
    }
    whole.load_state_dict(state, assign=True)
    empty = [name for name, buffer in whole.named_buffers() if buffer.is_meta]
    if empty != ["attn_mask"]:
        return None
    side = whole.context_length
    whole.attn_mask = torch.full((side, side), float("-inf")).triu_(1)  # only what came before
    whole.visual.preprocess_cfg = _preprocessing(encoder, size=whole.visual.image_size)
    return whole


def _only_file(path: Path) -> Path | None:
    if path.is_dir():
        files = [one for one in path.iterdir() if one.suffix in (".safetensors", ".bin", ".pth")]
        path = files[0] if len(files) == 1 else path
    return path if path.suffix == ".safetensors" and path.is_file() else None


def _is_plain(config: dict[str, Any]) -> bool:
    parts = (config["vision_cfg"], config["text_cfg"])
    return set(config) <= _PLAIN and not any(_FOREIGN & set(part) for part in parts)


def _preprocessing(encoder: LocatedEncoder, *, size: Any) -> dict[str, Any]:
    """What open_clip would say of preprocessing: its usual, then what the folder states."""
    from open_clip.transform import PreprocessCfg

    stated: dict[str, Any] = {}
    if encoder.path.is_dir():
        held = json.loads((encoder.path / "open_clip_config.json").read_text("utf-8"))
        stated = held.get("preprocess_cfg", {})
    return {**dataclasses.asdict(PreprocessCfg()), **stated, "size": size}
