"""What a checkpoint holds, told from its header alone: no weights are read and no code is run."""

from __future__ import annotations

import json
import re
from pathlib import Path

from layerforge.model.errors import LayerForgeError

_HEADER_LIMIT_BYTES = 100_000_000  # the format's own limit
_BLOCK = re.compile(r"visual\.transformer\.resblocks\.(\d+)\.")


class WeightsMissing(LayerForgeError):
    """Weights that are needed are not on this machine."""


class WeightsBroken(LayerForgeError):
    """A weights file is damaged, or is not what it should be."""


EncoderShape = tuple[int, int, int, int, int]
"""Width, patch_px, layers, tokens and dim of an image tower."""


def encoder_shape(shapes: dict[str, tuple[int, ...]]) -> EncoderShape | None:
    """The image tower's shape, from the shapes of all weights by name; None if it is no CLIP."""
    patches = shapes.get("visual.conv1.weight", ())
    places = shapes.get("visual.positional_embedding", ())
    projection = shapes.get("visual.proj", ())
    blocks = {int(match[1]) for name in shapes if (match := _BLOCK.match(name))}
    if len(patches) != 4 or len(places) != 2 or len(projection) != 2:
        return None
    return (patches[0], patches[2], len(blocks), places[0], projection[1])


def safetensors_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shape of every tensor in a safetensors file; reads only its header.

    Raises WeightsBroken if the header is damaged or the file is shorter or longer than it says.
    Source: the safetensors format (8 bytes little-endian length, JSON header, data).
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(size - 8, _HEADER_LIMIT_BYTES):
            raise WeightsBroken(f"{path.name} is damaged: it is no whole safetensors file")
        header = file.read(length)
    try:
        entries = json.loads(header)
        entries.pop("__metadata__", None)
        shapes = {name: tuple(entry["shape"]) for name, entry in entries.items()}
        end = max((entry["data_offsets"][1] for entry in entries.values()), default=0)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise WeightsBroken(f"{path.name} is damaged: its header cannot be read") from error
    if size != 8 + length + end:
        raise WeightsBroken(
            f"{path.name} is damaged: it has {size} bytes, must have {8 + length + end}"
        )
    return shapes


def check_folder(folder: Path) -> None:
    """Raise unless ``folder`` holds a whole open_clip model: its config and its weights.

    open_clip itself would go on with random weights, or ask the network for a text model.
    """
    config = folder / "open_clip_config.json"
    if not config.is_file():
        raise WeightsMissing(f"the encoder folder {folder} has no open_clip_config.json")
    try:
        text = json.loads(config.read_text("utf-8"))["model_cfg"]["text_cfg"]
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsBroken(f"{config} is no open_clip config") from error
    if "hf_model_name" in text:
        raise WeightsBroken(f"{config} needs a text model from the network: not supported")
    if not any(path.suffix in (".safetensors", ".bin", ".pth") for path in folder.iterdir()):
        raise WeightsMissing(f"the encoder folder {folder} has no weights (.safetensors)")
    for path in folder.glob("*.safetensors"):
        safetensors_shapes(path)
