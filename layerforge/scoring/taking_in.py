"""Weights that came another way: what they are, and a copy of them in our folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import ENCODERS, PublishedHead, encoder_file, shape_of
from layerforge.scoring.checkpoints import WeightsBroken, encoder_shape, safetensors_shapes
from layerforge.scoring.encoders import check_shape
from layerforge.scoring.head_files import OWN_SUFFIXES, published_under
from layerforge.scoring.heads import HeadMismatch
from layerforge.scoring.own_heads import take_in_head
from layerforge.scoring.verified import (
    HUB,
    demand_sha256,
    differs,
    remember,
    sha256_of,
    stated_sha256,
)
from layerforge.scoring.weights import models_folder, placed

_TORCH = (".pth", ".pt", ".bin")
_MOST_WEIGHTS_OF_A_HEAD = 8


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file turned out to be.

    kind: ``head``, ``own head`` or ``encoder``.  path: of the copy.
    vouched: who stated its hash, None where only its shape is known.
    """

    kind: str
    name: str
    path: Path
    vouched: str | None


def import_file(
    path: Path,
    *,
    encoder: str | None = None,
    sha256: str | None = None,
    models_dir: Path | None = None,
) -> TakenIn:
    """Copy a file that came another way into our folder; returns what it is.

    A published head is known by its SHA-256, an encoder by the names and shapes of its weights;
    its file must be ``.safetensors``, which cannot hold code.  Everything else is taken for a head
    of the user's own.
    encoder: ``MODEL/TAG``, which encoder it is where it is not of the catalogue, or that a head
        was made for where the head does not declare it.
    sha256: what the file must have, as its publisher states it.

    Raises WeightsBroken, HeadBroken, HeadMismatch, UnknownEncoder.
    """
    if not path.is_file():
        raise WeightsBroken(f"there is no file {path}")
    _refuse_stand_ins(path)
    if sha256 is not None:
        demand_sha256(path, sha256)
    if (head := _published_head(path)) is not None:
        if encoder not in (None, head.encoder):
            raise HeadMismatch(
                f"{path.name} is the head {head.name}, made for {head.encoder}, not for {encoder}"
            )
        target = _copied(path, head.file, models_dir=models_dir)
        return TakenIn("head", head.name, target, "LayerForge")
    if _is_head(path, encoder=encoder):
        target = take_in_head(path, encoder=encoder, models_dir=models_dir)
        return TakenIn("own head", target.stem, target, None)
    name = _encoder_in(path, named=encoder)
    vouched = None if sha256 is None else "whoever imported it"
    if sha256 is None and (stated := stated_sha256(path)) is not None:
        demand_sha256(path, stated)
        sha256, vouched = stated, HUB
    target = _copied(path, encoder_file(name), models_dir=models_dir)
    if sha256 is not None and vouched is not None:
        remember(target, sha256.lower(), by=vouched, models_dir=models_dir)
    return TakenIn("encoder", name, target, vouched)


def _refuse_stand_ins(path: Path) -> None:
    """Raise WeightsBroken for what people are given in the place of a file."""
    with path.open("rb") as file:
        start = file.read(64).lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        raise WeightsBroken(f"{path.name} is a web page: download the file itself")
    if start.startswith(b"version https://git-lfs"):
        raise WeightsBroken(f"{path.name} is a pointer of Git LFS: download the file itself")


def _copied(path: Path, name: str, *, models_dir: Path | None) -> Path:
    target = (models_dir or models_folder()) / name
    with placed(target) as part:
        shutil.copyfile(path, part)
    return target


def _published_head(path: Path) -> PublishedHead | None:
    """The published head in ``path``.  Raises WeightsBroken for a damaged one."""
    size = path.stat().st_size
    digest = sha256_of(path) if size in {head.size_bytes for head in catalogue.HEADS} else None
    for head in catalogue.HEADS:
        if head.sha256 == digest:
            return head
    if path.suffix in _TORCH and (meant := published_under(path)) is not None:
        raise WeightsBroken(differs(meant, path))
    return None


def _is_head(path: Path, *, encoder: str | None) -> bool:
    """Whether ``path`` should be a head of the user's own.  Raises WeightsBroken if it is nothing.

    A head has few weights, an encoder hundreds.
    """
    if path.suffix == ".npz":
        return True
    if path.suffix in _TORCH:
        if encoder is None:
            raise WeightsBroken(
                f"{path.name} is no whole published head (by its SHA-256); one of your own needs "
                "--encoder MODEL/TAG, and encoders come as .safetensors"
            )
        return True
    if path.suffix != ".safetensors":
        raise WeightsBroken(
            f"{path.name} is no weights file: heads come as {', '.join(OWN_SUFFIXES)} or .pth, "
            "encoders as .safetensors"
        )
    return len(safetensors_shapes(path)) <= _MOST_WEIGHTS_OF_A_HEAD


def _encoder_in(path: Path, *, named: str | None) -> str:
    """The name of the encoder in ``path``, by its shape, which ``named`` must have.

    Raises WeightsBroken, UnknownEncoder.
    """
    known = {one.name: shape_of(one) for one in ENCODERS}
    if named is None:
        found = encoder_shape(safetensors_shapes(path))
        for name, shape in known.items():
            if shape == found:
                return name
        raise WeightsBroken(
            f"{path.name} is none of {', '.join(known)}: its weights have other shapes "
            "(--encoder MODEL/TAG says which encoder it is)"
        )
    from layerforge.scoring.hub import demand_model, known_encoder

    model, _, tag = named.partition("/")
    wanted = known.get(named) or demand_model(model)
    name = named if named in known else known_encoder(model, tag).name
    if wanted is not None:
        check_shape(path, model=name, wanted=wanted)
    return name
