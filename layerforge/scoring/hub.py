"""Encoders that open_clip knows by name and tag: what they are, and where their files may lie.

Looks, never fetches.  Source: open_clip's table of pretrained weights (open_clip/pretrained.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import encoder_file
from layerforge.scoring.checkpoints import EncoderShape

_SAFE = ("open_clip_model.safetensors", "model.safetensors")
_PICKLED = ("open_clip_pytorch_model.bin",)


class UnknownEncoder(LayerForgeError):
    """No encoder goes by this name."""


@dataclass(frozen=True, slots=True)
class HubEncoder:
    """An encoder of open_clip's table.

    repository: on the Hugging Face hub, or empty.  files: names it may have there, best first.
    address: of a single file elsewhere, or empty.
    """

    model: str
    tag: str
    repository: str
    files: tuple[str, ...]
    address: str

    @property
    def name(self) -> str:
        """``model/tag``, as heads name it."""
        return f"{self.model}/{self.tag}"

    @property
    def file(self) -> str:
        """The file's name in our folder."""
        return encoder_file(self.name)


def demand_model(model: str) -> EncoderShape | None:
    """The image tower's shape of open_clip's ``model``; None where it is no plain ViT.

    Raises UnknownEncoder for a model that open_clip does not know, or cannot build offline.
    """
    import open_clip

    config = open_clip.get_model_config(model)
    if config is None:
        raise UnknownEncoder(f"open_clip knows no model {model!r}")
    if "hf_model_name" in config["text_cfg"]:
        raise UnknownEncoder(f"{model} needs a text model from the network: not supported")
    vision = config["vision_cfg"]
    keys = ("width", "patch_size", "layers", "image_size")
    sizes = [vision.get(key) for key in keys]
    if "timm_model_name" in vision or not all(isinstance(size, int) for size in sizes):
        return None
    width, patch_px, layers, image_px = sizes
    return (width, patch_px, layers, (image_px // patch_px) ** 2 + 1, config["embed_dim"])


def demand_activation(model: str, file: Path) -> bool:
    """Raise UnknownEncoder where ``file`` is for another activation than open_clip's ``model`` has.

    Weights don't tell which they were trained with, and the other one gives scores that are wrong;
    but a name may: one of open_clip's table, or one that says quickgelu.  False where none does.
    """
    import open_clip

    quick = bool(open_clip.get_model_config(model).get("quick_gelu"))
    wanted = _activation_named(file)
    if wanted is not None and wanted != quick:
        plain = model.removesuffix("-quickgelu")
        other = f"{plain}-quickgelu" if wanted else plain
        raise UnknownEncoder(
            f"{file.name} {'needs' if wanted else 'has no'} QuickGELU, going by its name, and "
            f"{model} would run with the wrong activation: use {other}@{file}"
        )
    return wanted is not None


def _activation_named(file: Path) -> bool | None:
    """Whether a checkpoint of this name was trained with QuickGELU; None where it tells nothing."""
    import open_clip

    if "quickgelu" in file.stem.lower().replace("-", "").replace("_", ""):
        return True
    # only files that lie alone somewhere have names of their own; on the hub all are called alike
    stated = [open_clip.get_pretrained_cfg(*one) or {} for one in open_clip.list_pretrained()]
    found = {
        bool(one.get("quick_gelu")) for one in stated if Path(one.get("url", "")).name == file.name
    }
    return found.pop() if len(found) == 1 else None


def model_dim(model: str) -> int:
    """The length of the embeddings of open_clip's ``model``.  Raises UnknownEncoder."""
    import open_clip

    demand_model(model)
    return int(open_clip.get_model_config(model)["embed_dim"])


def known_encoder(model: str, tag: str) -> HubEncoder:
    """The encoder ``model/tag`` of open_clip's table.  Raises UnknownEncoder."""
    import open_clip

    demand_model(model)
    stated = open_clip.get_pretrained_cfg(model, tag)
    if not stated:
        tags = ", ".join(open_clip.list_pretrained_tags_by_model(model)) or "none"
        raise UnknownEncoder(f"{model} has no weights {tag!r}, there are: {tags}")
    if bool(stated.get("quick_gelu")) != bool(open_clip.get_model_config(model).get("quick_gelu")):
        other = model.removesuffix("-quickgelu")
        other = other if other != model else f"{model}-quickgelu"
        raise UnknownEncoder(
            f"{model}/{tag} would run with the wrong activation: use {other}/{tag}"
        )
    repository, _, file = stated.get("hf_hub", "").rpartition("/")
    named = (f"{Path(file).stem}.safetensors", file) if file else (*_SAFE, *_PICKLED)
    return HubEncoder(
        model=model,
        tag=tag,
        repository=repository,
        files=tuple(dict.fromkeys(named)),
        address=stated.get("url", ""),
    )


def in_caches(encoder: HubEncoder) -> Path | None:
    """The file of ``encoder`` in the hub's cache or in open_clip's own, or None."""
    from huggingface_hub import try_to_load_from_cache

    if encoder.repository:
        for file in encoder.files:
            cached = try_to_load_from_cache(encoder.repository, file)
            if isinstance(cached, str) and Path(cached).is_file():
                return Path(cached)
    if encoder.address:
        own = Path("~/.cache/clip").expanduser() / Path(encoder.address).name
        return own if own.is_file() else None
    return None
