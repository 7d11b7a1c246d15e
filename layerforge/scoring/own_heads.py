"""Heads of the user's own: taken in once, then known by name.

They lie in the folder ``heads`` beside the weights, one ``.npz`` each, as ``load_head`` reads it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import catalogue
from layerforge.scoring.checkpoints import WeightsMissing
from layerforge.scoring.encoders import embedding_length
from layerforge.scoring.head_files import load_head
from layerforge.scoring.heads import Head, HeadBroken
from layerforge.scoring.weights import find, models_folder, placed


class UnknownHead(LayerForgeError):
    """No head goes by this name."""


def own_heads(*, models_dir: Path | None = None) -> dict[str, Path]:
    """The files of the heads that were taken in, by name."""
    folder = _folder(models_dir)
    files = sorted(folder.glob("*.npz")) if folder.is_dir() else []
    return {file.stem: file for file in files}


def take_in_head(path: Path, *, encoder: str | None = None, models_dir: Path | None = None) -> Path:
    """Copy a head of the user's own into our folder, under its file's name; returns the copy.

    encoder: ``MODEL/TAG``, where the file does not declare it.  A head of that name is replaced.

    Raises HeadBroken, HeadMismatch (also where the encoder gives embeddings of another length),
    UnknownEncoder.
    """
    head = load_head(path, encoder=encoder)
    if any(head.name == known.name for known in catalogue.HEADS):
        raise HeadBroken(f"{path.name} bears the name of a published head and is none: rename it")
    if (dim := embedding_length(head.encoder)) is not None:
        head.demand(encoder=head.encoder, dim=dim)
    target = _folder(models_dir) / f"{head.name}.npz"
    with placed(target) as part, part.open("wb") as file:
        np.savez(file, vector=head.vector, bias=head.bias, encoder=head.encoder)
    return target


def head_called(named: str, *, models_dir: Path | None = None) -> Head:
    """The head called ``named``: published, taken in, or a file.

    Raises WeightsMissing for a published one that is not here, UnknownHead, HeadBroken.
    """
    for known in catalogue.HEADS:
        if named == known.name:
            if (file := find(known, models_dir=models_dir)) is None:
                raise WeightsMissing(
                    f"the head {named} is not on this machine: get it with "
                    f"`layerforge models fetch {named}` (or `layerforge models import FILE`)"
                )
            return load_head(file)
    own = own_heads(models_dir=models_dir)
    if named in own:
        return load_head(own[named])
    place = Path(named).expanduser()
    if place.is_file():
        return load_head(place)
    names = ", ".join([*own, *(known.name for known in catalogue.HEADS)])
    raise UnknownHead(f"no head and no file is called {named!r}: there are {names}")


def _folder(models_dir: Path | None) -> Path:
    return (models_dir or models_folder()) / "heads"
