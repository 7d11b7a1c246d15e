"""Which encoder is meant by what a person wrote, and which file holds it.

Looks on this machine only, so that what is missing is said at once.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from layerforge.scoring.catalogue import ENCODERS, PublishedEncoder
from layerforge.scoring.checkpoints import (
    EncoderShape,
    WeightsBroken,
    WeightsMissing,
    check_folder,
    encoder_shape,
    safetensors_shapes,
)
from layerforge.scoring.verified import vouched_for
from layerforge.scoring.weights import find, models_folder

_FOLDER = "local-dir:"
_FILE = "local-file:"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedEncoder:
    """An encoder that is on this machine.

    name: as heads name it.  model: as open_clip names it, ``local-dir:`` and a path for a folder.
    tag: of open_clip's table, or empty.  path: the checkpoint, or the folder.
    published: its entry in the catalogue, where it has one.  vouched: who stated the hash that the
    file was found to have, None where nobody did.  activation_stated: whether anything says which
    activation the weights were trained with.
    """

    name: str
    model: str
    path: Path
    tag: str = ""
    published: PublishedEncoder | None = None
    vouched: str | None = None
    activation_stated: bool = True

    @property
    def remark(self) -> str:
        """What is to be known of its weights, in a few words; empty where nothing is."""
        if not self.activation_stated:
            return "the file does not say whether it wants QuickGELU"
        return "weights not verified" if self.tag and self.vouched is None else ""


def locate(named: str | Path, *, models_dir: Path | None = None) -> LocatedEncoder:
    """The encoder called ``named``.

    ``MODEL/TAG``: of open_clip's table, from our folder or the hub's cache; its name is the same.
    ``MODEL@FILE``: a checkpoint of that open_clip model; its name is ``MODEL/local-file:STEM``.
    A folder with ``open_clip_config.json`` and weights; its name is ``local-dir:FOLDER``.

    Raises WeightsMissing, WeightsBroken, and UnknownEncoder for what open_clip does not know.
    """
    text, place = str(named), Path(named).expanduser()
    if place.is_dir() or (not place.is_file() and (isinstance(named, Path) or text[:1] in "./~")):
        return _folder(place)
    if "@" in text:
        model, _, file = text.partition("@")
        return _checkpoint(model, Path(file).expanduser())
    published = next((one for one in ENCODERS if one.name == text), None)
    if published is not None:
        return locate_published(published, models_dir=models_dir)
    model, slash, tag = text.partition("/")
    if not slash or "/" in tag or place.is_file():
        raise WeightsMissing(
            f"no encoder is called {text!r}: give MODEL/TAG, MODEL@FILE, or a folder"
        )
    return _of_open_clip(model, tag, models_dir=models_dir)


def locate_published(
    encoder: PublishedEncoder, *, models_dir: Path | None = None
) -> LocatedEncoder:
    """An encoder of the catalogue.  Raises WeightsMissing."""
    path = find(encoder, models_dir=models_dir)
    if path is None:
        raise _missing(encoder.name)
    return LocatedEncoder(
        name=encoder.name,
        model=encoder.model,
        tag=encoder.tag,
        path=path,
        published=encoder,
        vouched=vouched_for(path, models_dir=models_dir),
    )


def check_shape(path: Path, *, model: str, wanted: EncoderShape) -> None:
    """Raise WeightsBroken where the checkpoint ``path`` is whole but of another model.

    Only ``.safetensors`` can be looked into without loading.
    """
    if path.suffix != ".safetensors":
        return
    found = encoder_shape(safetensors_shapes(path))
    if found != wanted:
        raise WeightsBroken(f"{path.name} holds {_told(found)}, but {model} is {_told(wanted)}")


def embedding_length(name: str) -> int | None:
    """How long the embeddings of the encoder called ``name`` are, as heads name it.

    None for an encoder in a folder, and without open_clip, which knows all others.
    Raises UnknownEncoder.
    """
    for published in ENCODERS:
        if published.name == name:
            return published.dim
    if name.startswith(_FOLDER) or importlib.util.find_spec("open_clip") is None:
        return None
    from layerforge.scoring.hub import UnknownEncoder, known_encoder, model_dim

    model, slash, tag = name.partition("/")
    if not slash:
        raise UnknownEncoder(
            f"no encoder is called {name!r}: it must be MODEL/TAG, such as {ENCODERS[0].name}"
        )
    if not tag.startswith(_FILE):
        known_encoder(model, tag)
    return model_dim(model)


def _told(shape: EncoderShape | None) -> str:
    if shape is None:
        return "no CLIP image tower that is known here"
    width, patch_px, layers, tokens, dim = shape
    return (
        f"an image tower of {layers} layers of width {width} with patches of {patch_px} px, "
        f"{tokens} tokens and embeddings of {dim}"
    )


def _folder(folder: Path) -> LocatedEncoder:
    if not folder.is_dir():
        raise WeightsMissing(f"there is no encoder folder {folder}")
    check_folder(folder)
    return LocatedEncoder(
        name=f"{_FOLDER}{folder.resolve().name}", model=f"{_FOLDER}{folder}", path=folder
    )


def _checkpoint(model: str, file: Path) -> LocatedEncoder:
    from layerforge.scoring.hub import demand_activation, demand_model

    if not file.is_file():
        raise WeightsMissing(f"there is no checkpoint {file}")
    wanted = demand_model(model)
    if wanted is not None:
        check_shape(file, model=model, wanted=wanted)
    return LocatedEncoder(
        name=f"{model}/{_FILE}{file.stem}",
        model=model,
        path=file,
        activation_stated=demand_activation(model, file),
    )


def _of_open_clip(model: str, tag: str, *, models_dir: Path | None) -> LocatedEncoder:
    from layerforge.scoring.hub import in_caches, known_encoder

    encoder = known_encoder(model, tag)
    own = (models_dir or models_folder()) / encoder.file
    path = own if own.is_file() else in_caches(encoder)
    if path is None:
        raise _missing(encoder.name)
    return LocatedEncoder(
        name=encoder.name,
        model=model,
        tag=tag,
        path=path,
        vouched=vouched_for(path, models_dir=models_dir),
    )


def _missing(name: str) -> WeightsMissing:
    return WeightsMissing(
        f"the CLIP weights {name} are not on this machine: get them with "
        f"`layerforge models fetch {name}` (or `layerforge models import FILE`)"
    )
