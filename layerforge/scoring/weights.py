"""Where model weights live, and how they get there.

Nothing here loads a model or imports torch, and nothing but ``fetch`` touches the network.
Files lie in one folder: ``LAYERFORGE_MODELS``, or ``models`` in the user's cache folder.  An
encoder that another program already left in the Hugging Face cache is used from there.

Source of the repositories: open_clip's table of pretrained weights (open_clip/pretrained.py).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.checkpoints import (
    EncoderShape,
    encoder_shape,
    safetensors_shapes,
)
from layerforge.scoring.checkpoints import WeightsBroken as WeightsBroken
from layerforge.scoring.checkpoints import WeightsMissing as WeightsMissing
from layerforge.scoring.download import FetchFailed, NotThere, Progress, download
from layerforge.scoring.heads import HEADS, PublishedHead, sha256_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEncoder:
    """A public CLIP model: its open_clip name and tag, where its file is, and its shape.

    dim: embedding length.  image_px, patch_px, width, layers: of the image tower.
    megabytes: of the file.  outlier: (index, value) of the component that is by far the largest
        in every embedding the model gives, where known; tells it from others of the same shape.
    """

    model: str
    tag: str
    repository: str
    dim: int
    patch_px: int
    width: int
    layers: int
    megabytes: int
    image_px: int = 224
    licence: str = "MIT"
    outlier: tuple[int, float] | None = None

    @property
    def name(self) -> str:
        """``model/tag``, as heads name it."""
        return f"{self.model}/{self.tag}"

    @property
    def file(self) -> str:
        """The file's name in our folder."""
        return f"{self.model}--{self.tag}.safetensors"

    @property
    def hub_file(self) -> str:
        """The file's name in its repository."""
        return "open_clip_model.safetensors"


# outliers: the means of the v1 heads' published example embeddings
ENCODERS = (
    PublishedEncoder(
        model="ViT-B-32-quickgelu",
        tag="openai",
        repository="timm/vit_base_patch32_clip_224.openai",
        dim=512,
        patch_px=32,
        width=768,
        layers=12,
        megabytes=605,
        outlier=(92, -0.79),
    ),
    PublishedEncoder(
        model="ViT-B-16-quickgelu",
        tag="openai",
        repository="timm/vit_base_patch16_clip_224.openai",
        dim=512,
        patch_px=16,
        width=768,
        layers=12,
        megabytes=599,
    ),
    PublishedEncoder(
        model="ViT-L-14-quickgelu",
        tag="openai",
        repository="timm/vit_large_patch14_clip_224.openai",
        dim=768,
        patch_px=14,
        width=1024,
        layers=24,
        megabytes=1711,
        outlier=(644, 0.60),
    ),
)

Item = PublishedEncoder | PublishedHead
"""Anything of the catalogue: a file that can be found, fetched or imported."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """An encoder and the heads that read its embeddings."""

    encoder: PublishedEncoder
    heads: tuple[PublishedHead, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """One or two encoders, the cheap one first, and their heads."""

    name: str
    pairings: tuple[Pairing, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All its files."""
        items: list[Item] = []
        for pairing in self.pairings:
            items += [pairing.encoder, *pairing.heads]
        return tuple(items)


_SMALL = Pairing(ENCODERS[0], HEADS[:1])
_LARGE = Pairing(ENCODERS[2], HEADS[2:])
PRESETS = {"fast": Preset("fast", (_SMALL,)), "best": Preset("best", (_SMALL, _LARGE))}


def preset_named(name: str) -> Preset:
    """The preset called ``name``."""
    try:
        return PRESETS[name]
    except KeyError:
        raise LayerForgeError(f"unknown preset {name!r}, there are: {', '.join(PRESETS)}") from None


def cache_folder() -> Path:
    """The folder of what can be had again; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("layerforge"))


def models_folder() -> Path:
    """The folder of our weights; it may not exist yet."""
    named = os.environ.get("LAYERFORGE_MODELS")
    return Path(named) if named else cache_folder() / "models"


def find(item: Item, *, models_dir: Path | None = None) -> Path | None:
    """The file of ``item`` on this machine, or None.  Looks, never fetches.

    Our folder comes first, then (for encoders) the Hugging Face cache.
    """
    own = (models_dir or models_folder()) / item.file
    if own.is_file():
        return own
    if isinstance(item, PublishedHead):
        return None
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(item.repository, item.hub_file)
    return Path(cached) if isinstance(cached, str) and Path(cached).is_file() else None


def missing(preset: Preset, *, models_dir: Path | None = None) -> tuple[Item, ...]:
    """The files of ``preset`` that are not on this machine."""
    return tuple(item for item in preset.items if find(item, models_dir=models_dir) is None)


def require(preset: Preset, *, models_dir: Path | None = None) -> None:
    """Raise WeightsMissing, which tells what to do, unless all files of ``preset`` are here."""
    if absent := missing(preset, models_dir=models_dir):
        which = "" if preset.name == "fast" else f" {preset.name}"
        raise WeightsMissing(
            f"the CLIP weights {' and '.join(item.name for item in absent)} are not on this "
            f"machine: get them with `layerforge models fetch{which}` "
            "(or `layerforge models import FILE`)"
        )


def fetch(item: Item, *, models_dir: Path | None = None, progress: Progress | None = None) -> Path:
    """Download ``item`` into our folder, unless it is already on this machine; returns its path.

    Raises FetchFailed, WeightsBroken.
    """
    if (present := find(item, models_dir=models_dir)) is not None:
        return present
    with _sole_writer(item.file, item.name, models_dir=models_dir) as target:
        if isinstance(item, PublishedHead):
            return download(item.url, target, sha256=item.sha256, progress=progress)
        from huggingface_hub import hf_hub_url

        url = hf_hub_url(item.repository, item.hub_file)
        return download(url, target, check=_checks(item), progress=progress)


def fetch_other(
    name: str, *, models_dir: Path | None = None, progress: Progress | None = None
) -> Path:
    """Download an encoder that only open_clip knows, ``MODEL/TAG``, unless it is here.

    Raises FetchFailed, WeightsBroken, UnknownEncoder.
    """
    from huggingface_hub import hf_hub_url

    from layerforge.scoring.hub import demand_model, in_caches, known_encoder

    model, _, tag = name.partition("/")
    encoder = known_encoder(model, tag)
    wanted = demand_model(model)

    def check(path: Path) -> None:
        found = encoder_shape(safetensors_shapes(path))
        if wanted is not None and found != wanted:
            raise WeightsBroken(f"what came for {encoder.name} does not hold its weights")

    if (present := in_caches(encoder)) is not None:
        return present
    with _sole_writer(encoder.file, encoder.name, models_dir=models_dir) as target:
        if target.is_file():
            return target
        for file in encoder.files if encoder.repository else ():
            if not file.endswith(".safetensors"):
                continue
            try:
                url = hf_hub_url(encoder.repository, file)
                return download(url, target, check=check, progress=progress)
            except NotThere:
                continue  # the next name it may go by
    raise FetchFailed(
        f"{encoder.name} cannot be had as .safetensors: with its file from elsewhere, "
        f"use --clip-model {model}@FILE"
    )


@contextmanager
def _sole_writer(file: str, name: str, *, models_dir: Path | None) -> Iterator[Path]:
    """The path to write ``file`` to, in our folder, while no other program does."""
    import filelock

    folder = models_dir or models_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / f".{file}.lock", timeout=0):
            yield folder / file
    except filelock.Timeout as error:
        raise LayerForgeError(f"{name} is being fetched by another program") from error
    except OSError as error:
        raise LayerForgeError(f"cannot write to {folder}: {error.strerror}") from error


def import_file(path: Path, *, models_dir: Path | None = None) -> Item:
    """Copy a file that came another way into our folder; returns what it is.

    A head is known by its SHA-256, an encoder by the names and shapes of its weights; its file
    must be ``.safetensors``, which cannot hold code.  Raises WeightsBroken on anything else.
    """
    if not path.is_file():
        raise WeightsBroken(f"there is no file {path}")
    item = _recognise(path)
    target = (models_dir or models_folder()) / item.file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            shutil.copyfile(path, copy)
            copy.replace(target)
        finally:
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise LayerForgeError(f"cannot write to {target.parent}: {error.strerror}") from error
    return item


def stated_sha256(path: Path) -> str | None:
    """The SHA-256 that a file of the Hugging Face cache bears as its name, or None elsewhere."""
    name = path.resolve().name
    return name if re.fullmatch(r"[0-9a-f]{64}", name) else None


def check_head(item: PublishedHead, path: Path) -> None:
    """Raise WeightsBroken unless ``path`` is the published file, byte for byte."""
    if (got := sha256_of(path)) != item.sha256:
        raise WeightsBroken(
            f"{path.name} has SHA-256 {got[:12]}…, must be {item.sha256[:12]}…: "
            "remove it and run `layerforge models fetch`"
        )


def check_encoder(item: PublishedEncoder, path: Path) -> None:
    """Raise WeightsBroken unless ``path`` is whole and has the shape of ``item``.

    Reads the header only.
    """
    found = encoder_shape(safetensors_shapes(path))
    if found != shape_of(item):
        raise WeightsBroken(f"{path.name} does not hold the weights of {item.name}")


def _checks(item: PublishedEncoder) -> Callable[[Path], None]:
    return lambda path: check_encoder(item, path)


def _recognise(path: Path) -> Item:
    size = path.stat().st_size
    digest = sha256_of(path) if size in {head.size_bytes for head in HEADS} else None
    for head in HEADS:
        if head.sha256 == digest:
            return head
    if path.suffix != ".safetensors":
        raise WeightsBroken(
            f"{path.name} is no published head (by its SHA-256), and encoders come as .safetensors"
        )
    found = encoder_shape(safetensors_shapes(path))
    for encoder in ENCODERS:
        if shape_of(encoder) == found:
            return encoder
    raise WeightsBroken(
        f"{path.name} is none of {', '.join(encoder.name for encoder in ENCODERS)}: "
        "its weights have other shapes"
    )


def shape_of(item: PublishedEncoder) -> EncoderShape:
    """The shape of its image tower."""
    tokens = (item.image_px // item.patch_px) ** 2 + 1
    return (item.width, item.patch_px, item.layers, tokens, item.dim)
