"""CLIP as a judge: an open_clip image tower, and a linear aesthetic head on its embedding.

Only the image tower is kept.  Everything is found on this machine; nothing here touches the
network.  Pictures go to the device as bytes and are resized, cropped and normalised there.

Sources: Radford et al. 2021, "Learning Transferable Visual Models From Natural Language
Supervision"; open_clip (models, preprocessing); Schuhmann et al. 2022, LAION-5B (the heads).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.checkpoints import check_folder
from layerforge.scoring.heads import Head, load_head
from layerforge.scoring.scorer import Pictures, Verdict
from layerforge.scoring.tower import (
    DTYPES,
    Preprocess,
    choose_device,
    choose_precision,
    load_own_tower,
    load_tower,
    output_dim,
    unit_rows,
)
from layerforge.scoring.weights import preset_named, require

_BATCH = {"cpu": 16, "cuda": 64, "mps": 32}


class ClipFailed(LayerForgeError):
    """The model gave no usable answer."""


class ClipScorer:
    """Judges pictures by a head on their CLIP embedding; see ``load_clip_scorer``."""

    name = "clip"

    def __init__(
        self,
        tower: nn.Module,
        *,
        preprocess: Preprocess,
        head: Head,
        encoder: str,
        device: torch.device,
        precision: str,
        batch_size: int,
        on_notice: Callable[[str], None] | None = None,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        self._tower = tower.to(device=device, dtype=DTYPES[precision]).eval()
        self._preprocess = preprocess
        self._head = head
        self._chunk = batch_size
        self._on_notice = on_notice
        self.batch_size = batch_size
        self.encoder = encoder
        self.device = device
        self.precision = precision
        self.notices: list[str] = []

    @property
    def description(self) -> str:
        """Model, head, device and precision."""
        where = f"on {self.device} in {self.precision}"
        return f"CLIP {self.encoder} with head {self._head.name}, {where}"

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1, any size and memory layout."""
        embeddings = self.embed(pictures)
        scores = self._head.score(embeddings)
        return Verdict(values=scores, parts={"aesthetic": scores}, embeddings=embeddings)

    def embed(self, pictures: Pictures) -> npt.NDArray[np.float32]:
        """Embeddings, (N, D) float32 rows of unit length, of ``pictures`` as for ``judge``."""
        if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[3] != 3:
            raise ValueError(
                f"pictures must be (N, H, W, 3) uint8, got {pictures.shape} {pictures.dtype}"
            )
        if 0 in pictures.shape:
            raise ValueError(f"pictures must not be empty, got {pictures.shape}")
        rows: list[npt.NDArray[np.float32]] = []
        start = 0
        while start < len(pictures):
            part = pictures[start : start + self._chunk]
            full: str | None = None
            try:
                rows.append(self._embed_part(part))
            except RuntimeError as error:
                if not _is_out_of_memory(error) or self._chunk == 1:
                    raise
                full = str(error).splitlines()[0]
            if full is None:
                start += len(part)
            else:  # outside the handler, whose traceback would hold on to the memory
                self._halve()
        embeddings = np.concatenate(rows)
        if not np.isfinite(embeddings).all():
            raise ClipFailed(f"{self.description} gave values that are not numbers")
        return embeddings

    def _embed_part(self, part: Pictures) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            # torch takes neither negative strides nor read-only memory
            held = torch.from_numpy(np.require(part, requirements=["C", "W"])).to(self.device)
            inputs = self._preprocess(held).to(DTYPES[self.precision])
            rows: npt.NDArray[np.float32] = unit_rows(self._tower(inputs)).cpu().numpy()
        return rows

    def _halve(self) -> None:
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        self._chunk //= 2
        notice = f"{self.device} is out of memory: going on with {self._chunk} pictures at once"
        self.notices.append(notice)
        if self._on_notice is not None:
            self._on_notice(notice)


def load_clip_scorer(
    *,
    preset: str = "fast",
    device: str = "auto",
    precision: str = "auto",
    models_dir: Path | None = None,
    encoder: Path | None = None,
    head: Head | Path | None = None,
    batch_size: int | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> ClipScorer:
    """A scorer with the weights of ``preset``, or of a folder of one's own.

    device: ``auto`` (cuda, mps, cpu, in that order), ``cpu``, ``cuda``, ``cuda:1``, ``mps``.
    precision: ``auto`` (measured once per process and device), or a float format by name.
    encoder: a folder with ``open_clip_config.json`` and weights, by default the environment's
        ``LAYERFORGE_ENCODER``; its encoder name is ``local-dir:`` and the folder's name.
    head: a head or its file, by default ``LAYERFORGE_HEAD``, else the preset's, or ``head.npz``
        in the encoder's folder.
    on_notice: told when the scorer has to change its ways, such as smaller batches.

    Raises WeightsMissing (at once, without a look at the network), WeightsBroken, HeadBroken,
    HeadMismatch, DeviceUnavailable.
    """
    encoder = encoder or _path_in_environment("LAYERFORGE_ENCODER")
    head = head or _path_in_environment("LAYERFORGE_HEAD")
    if precision not in ("auto", *DTYPES):
        raise LayerForgeError(f"precision must be auto or {', '.join(DTYPES)}, got {precision!r}")
    if encoder is None:
        chosen = preset_named(preset)
        checkpoint, published_head = require(chosen, models_dir=models_dir)
        name, head = chosen.encoder.name, head or published_head
    else:
        name, head = f"local-dir:{encoder.resolve().name}", head or encoder / "head.npz"
        check_folder(encoder)
    judge = head if isinstance(head, Head) else load_head(head)
    judge.demand(encoder=name, dim=judge.dim)
    where = choose_device(device)
    tower, preprocess = (
        load_tower(chosen.encoder, checkpoint) if encoder is None else load_own_tower(encoder)
    )
    judge.demand(encoder=name, dim=output_dim(tower))
    if precision == "auto":
        precision = choose_precision(tower, name=name, device=where, side_px=preprocess.size_px)
    return ClipScorer(
        tower,
        preprocess=preprocess,
        head=judge,
        encoder=name,
        device=where,
        precision=precision,
        batch_size=batch_size or _BATCH[where.type],
        on_notice=on_notice,
    )


def _path_in_environment(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def _is_out_of_memory(error: RuntimeError) -> bool:
    if isinstance(error, torch.OutOfMemoryError):
        return True
    return "out of memory" in str(error) or "can't allocate memory" in str(error)
