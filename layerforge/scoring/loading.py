"""Making CLIP judges of weights that are on this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import Pairing, preset_named
from layerforge.scoring.clip import ClipScorer, Notify
from layerforge.scoring.encoders import LocatedEncoder, locate, locate_published
from layerforge.scoring.head_files import load_head
from layerforge.scoring.heads import Head, HeadBroken
from layerforge.scoring.own_heads import head_called
from layerforge.scoring.precision import DTYPES, choose_precision
from layerforge.scoring.preprocess import DEFAULT_VIEWS, MAX_VIEWS
from layerforge.scoring.prompts import Wording, wording
from layerforge.scoring.shortage import MemoryShort, is_out_of_memory, release
from layerforge.scoring.testcards import coloured_waves
from layerforge.scoring.tower import (
    Loaded,
    choose_device,
    is_familiar,
    load_encoder,
    output_dim,
    usual_batch,
)
from layerforge.scoring.weights import find, require


def load_clip_scorer(
    *,
    preset: str = "fast",
    device: str = "auto",
    precision: str = "auto",
    models_dir: Path | None = None,
    encoder: str | Path | None = None,
    heads: Sequence[Head] = (),
    batch_size: int | None = None,
    views: int = DEFAULT_VIEWS,
    prompts: bool | None = None,
    more_like: Sequence[str] = (),
    less_like: Sequence[str] = (),
    on_notice: Notify | None = None,
) -> ClipScorer:
    """A scorer with the weights of ``preset`` (its last encoder), or of an encoder of one's own.

    device: ``auto`` (cuda, mps, cpu, in that order), ``cpu``, ``cuda``, ``cuda:1``, ``mps``.
    precision: ``auto`` (measured once per device and encoder), or a float format by name.
    encoder: as in ``locate``, by default the environment's ``LAYERFORGE_ENCODER``.
    heads: by default ``LAYERFORGE_HEAD``, a name or file, else the preset's or those published for
        the encoder, or ``head.npz`` or ``head.safetensors`` in the encoder's folder.
    views: 1 (the centre alone) to 5, see ``view_count``; each costs a run of the tower.
    prompts: whether antonym pairs vote; by default with published encoders.
    more_like, less_like: texts that pictures should, or should not, be like.
    on_notice: told of loading, and when the scorer has to change its ways.

    Raises WeightsMissing (at once, without a look at the network), WeightsBroken, HeadBroken,
    HeadMismatch, DeviceUnavailable, TextUnreadable.
    """
    heads = heads or head_of_environment(models_dir=models_dir)
    named = encoder or os.environ.get("LAYERFORGE_ENCODER") or None
    if named is None:
        chosen = preset_named(preset)
        require(chosen, models_dir=models_dir, with_heads=not heads)
        found = locate_published(chosen.pairings[-1].encoder, models_dir=models_dir)
    else:
        found = locate(named, models_dir=models_dir)
    pairing = chosen.pairings[-1] if named is None else None
    return load_judge(
        found,
        heads=heads or _usual_heads(found, pairing, models_dir=models_dir),
        device=device,
        precision=precision,
        batch_size=batch_size,
        views=views,
        words=wording(
            pairs=found.published is not None if prompts is None else prompts,
            more_like=more_like,
            less_like=less_like,
        ),
        on_notice=on_notice,
    )


def load_judge(
    found: LocatedEncoder,
    *,
    heads: Sequence[Head],
    device: str,
    precision: str,
    batch_size: int | None,
    views: int,
    words: Wording,
    on_notice: Notify | None,
) -> ClipScorer:
    """A scorer of an encoder that was found, heads that were read, and words."""
    if precision not in ("auto", *DTYPES):
        raise LayerForgeError(f"precision must be auto or {', '.join(DTYPES)}, got {precision!r}")
    if not 1 <= views <= MAX_VIEWS:
        raise LayerForgeError(f"views must be 1 to {MAX_VIEWS}, got {views}")
    for judge in heads:
        judge.demand(encoder=found.name, dim=judge.dim)
    if not heads and not words.voters:
        raise HeadBroken(
            f"nothing judges what {found.name} sees: name a head that was made for it with --head, "
            "or say what pictures should be like with --more-like"
        )
    tell = on_notice or (lambda _: None)
    began = time.monotonic()
    where = choose_device(device)
    tell(f"loading CLIP {found.name}")
    texts = words.texts()
    loaded = load_encoder(found, texts=texts)
    for judge in heads:
        judge.demand(encoder=found.name, dim=output_dim(loaded.tower))
    if precision == "auto":
        where, precision = _suited(loaded, found.name, where, on_notice=on_notice)
    scorer = ClipScorer(
        loaded.tower,
        preprocess=loaded.preprocess,
        heads=heads,
        encoder=found.name,
        device=where,
        precision=precision,
        batch_size=batch_size or usual_batch(where),
        views=views,
        words=None if loaded.texts is None else (words, loaded.texts),
        remark=found.remark,
        on_notice=on_notice,
    )
    scorer.warm_up()
    if found.published is not None and found.vouched is None:
        card = scorer.embed(coloured_waves(1, loaded.preprocess.size_px))[0]
        if is_familiar(found.published, card) is False:
            tell(
                f"the weights of {found.name} are not verified, and do not behave like it on a "
                "test picture: what they say may mean nothing (`layerforge models check`)"
            )
    tell(f"CLIP {found.name} is ready after {time.monotonic() - began:.1f} s")
    return scorer


def _suited(
    loaded: Loaded, name: str, device: torch.device, *, on_notice: Notify | None
) -> tuple[torch.device, str]:
    """The device to judge on, the processor where an encoder has no room on ``device``, and the
    float format that suits it there.  Raises MemoryShort.
    """
    try:
        precision = choose_precision(
            loaded.tower,
            name=name,
            device=device,
            side_px=loaded.preprocess.size_px,
            on_notice=on_notice,
        )
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        if device.type == "cpu":
            raise MemoryShort(name) from error
    else:
        return device, precision
    release(device)
    if on_notice is not None:
        on_notice(f"{device} is out of memory: going on with the processor")
    return _suited(loaded, name, torch.device("cpu"), on_notice=on_notice)


def published_heads(pairing: Pairing, *, models_dir: Path | None = None) -> tuple[Head, ...]:
    """The heads of a preset's encoder, from our folder.  Raises WeightsMissing."""
    return tuple(head_called(one.name, models_dir=models_dir) for one in pairing.heads)


def head_of_environment(*, models_dir: Path | None = None) -> tuple[Head, ...]:
    """The head that ``LAYERFORGE_HEAD`` names, or none."""
    named = os.environ.get("LAYERFORGE_HEAD")
    return (head_called(named, models_dir=models_dir),) if named else ()


def _usual_heads(
    found: LocatedEncoder, pairing: Pairing | None, *, models_dir: Path | None
) -> tuple[Head, ...]:
    """The heads that judge if none is asked for: the preset's, the folder's, or published ones."""
    if pairing is not None:
        return published_heads(pairing, models_dir=models_dir)
    if found.path.is_dir():
        own = [found.path / name for name in ("head.npz", "head.safetensors")]
        return tuple(load_head(file) for file in own if file.is_file())[:1]
    known = [
        find(one, models_dir=models_dir) for one in catalogue.HEADS if one.encoder == found.name
    ]
    return tuple(load_head(file) for file in known if file is not None)
