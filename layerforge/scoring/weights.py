"""Which weights are on this machine.  Looks, never fetches, and imports no torch.

Files lie in one folder: ``LAYERFORGE_MODELS``, or ``models`` in the user's cache folder.  An
encoder that another program already left in the Hugging Face cache is used from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import Item, Preset, PublishedEncoder, PublishedHead
from layerforge.scoring.checkpoints import WeightsMissing


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


def missing(
    preset: Preset, *, models_dir: Path | None = None, with_heads: bool = True
) -> tuple[Item, ...]:
    """The files of ``preset`` that are not on this machine; ``with_heads`` or without."""
    return tuple(
        item
        for item in preset.items
        if (with_heads or isinstance(item, PublishedEncoder))
        and find(item, models_dir=models_dir) is None
    )


def require(preset: Preset, *, models_dir: Path | None = None, with_heads: bool = True) -> None:
    """Raise WeightsMissing, which tells what to do, unless all files of ``preset`` are here."""
    if absent := missing(preset, models_dir=models_dir, with_heads=with_heads):
        which = "" if preset.name == "fast" else f" {preset.name}"
        raise WeightsMissing(
            f"the CLIP weights {' and '.join(item.name for item in absent)} are not on this "
            f"machine: get them with `layerforge models fetch{which}` "
            "(or `layerforge models import FILE`)"
        )


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Where to write what takes its place at ``target``, in our folder, once it is whole.

    Raises LayerForgeError where the folder can't be written.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise LayerForgeError(f"cannot write to {target.parent}: {error.strerror}") from error
