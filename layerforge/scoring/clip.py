"""CLIP as a judge: an open_clip image tower, aesthetic heads and words on its embedding.

Only the image tower is kept.  Pictures go to the device as bytes and are resized, cropped and
normalised there.

Sources: Radford et al. 2021, "Learning Transferable Visual Models From Natural Language
Supervision"; open_clip (models, preprocessing); Schuhmann et al. 2022, LAION-5B (the heads).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.heads import Head, HeadBroken
from layerforge.scoring.lowering import in_precision
from layerforge.scoring.precision import DTYPES, unit_rows
from layerforge.scoring.preprocess import DEFAULT_VIEWS, MAX_VIEWS, Preprocess, view_count
from layerforge.scoring.prompts import Wording, word_votes
from layerforge.scoring.scorer import Pictures, Verdict
from layerforge.scoring.shortage import MemoryShort, is_out_of_memory, release
from layerforge.scoring.testcards import coloured_waves
from layerforge.scoring.text import EmbeddedTexts
from layerforge.scoring.tower import LARGEST_BATCH, usual_batch
from layerforge.scoring.votes import joined, meaning

Notify = Callable[[str], None]
"""Told, in one line, what the scorer is doing or has to do otherwise."""


class ClipFailed(LayerForgeError):
    """The model gave no usable answer."""


class ClipScorer:
    """Judges pictures by their CLIP embedding; made by ``load_clip_scorer``.

    remark: what is to be known of the encoder, in a few words.
    """

    name = "clip"

    def __init__(
        self,
        tower: nn.Module,
        *,
        preprocess: Preprocess,
        heads: Sequence[Head],
        encoder: str,
        device: torch.device,
        precision: str,
        batch_size: int,
        views: int = DEFAULT_VIEWS,
        words: tuple[Wording, EmbeddedTexts] | None = None,
        remark: str = "",
        on_notice: Notify | None = None,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        if not heads and words is None:
            raise HeadBroken(f"nothing judges the embeddings of {encoder}: no head, no prompts")
        if both := {one.name for one in heads if sum(one.name == o.name for o in heads) > 1}:
            raise HeadBroken(f"two heads are called {both.pop()}")
        self._preprocess = replace(preprocess, exact=precision == "float32")
        self._heads = tuple(heads)
        self._remark = f" ({remark})" if remark else ""
        self._words = words
        self._chunk = batch_size
        self._on_notice = on_notice
        self.batch_size = batch_size
        self._encoder = encoder
        self.views = views
        self.device = device
        self.precision = precision
        self.notices: list[str] = []
        self._tower = tower.eval()
        self._move()

    @property
    def description(self) -> str:
        """Model, voters, views and their cost, device and precision."""
        voters = [f"head {head.name}" for head in self._heads]
        if self._words is not None:
            asked = self._words[0]
            voters += ["prompts"] if asked.pairs else []
            voters += [f"more like {text!r}" for text in asked.more]
            voters += [f"less like {text!r}" for text in asked.less]
        views = "the centre alone"
        if self.views > 1:
            dearest = view_count(1, MAX_VIEWS, self.views)
            views = f"up to {dearest} views (a square picture costs 1, a long one up to {dearest})"
        where = f"on {self.device} in {self.precision}"
        return f"CLIP {self._encoder}{self._remark} with {', '.join(voters)}, {views}, {where}"

    @property
    def encoder(self) -> str:
        """Encoder and views: embeddings of scorers that share it can be compared and reused."""
        return f"{self._encoder} in {self.views} view{'s' if self.views > 1 else ''}"

    @property
    def voters(self) -> tuple[str, ...]:
        """The names of the parts of every verdict."""
        words = () if self._words is None else self._words[0].voters
        return (*(self._part(head) for head in self._heads), *words)

    @property
    def meanings(self) -> dict[str, str]:
        """What each vote and the value say, for people."""
        heads = {
            self._part(head): f"rating by the head {head.name}"
            + (", most pictures get 1 to 10" if head.version else "")
            for head in self._heads
        }
        words = {} if self._words is None else self._words[0].meanings
        return {"value": meaning(self.voters), **heads, **words}

    @property
    def fingerprint(self) -> str:
        """Who exactly judges: encoder, views, precision, heads by their numbers, words."""
        asked = None if self._words is None else self._words[0]
        said = hashlib.sha256(f"{self.encoder}, {self.precision}, {asked}".encode())
        for head in self._heads:
            said.update(f"{self._part(head)}, {head.bias!r}".encode() + head.vector.tobytes())
        return said.hexdigest()

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1, any size and memory layout."""
        embeddings = self.embed(pictures)
        parts = self.judge_embeddings(embeddings)
        return Verdict(values=joined(parts), parts=parts, embeddings=embeddings)

    def judge_embeddings(
        self, embeddings: npt.NDArray[np.float32]
    ) -> dict[str, npt.NDArray[np.float64]]:
        """Votes by name on pictures' embeddings, (N, D) float32 unit rows of this encoder."""
        parts = {self._part(head): head.score(embeddings) for head in self._heads}
        if self._words is not None:
            parts |= word_votes(*self._words, embeddings)
        return parts

    def _part(self, head: Head) -> str:
        """What a head's vote is called: ``aesthetic``, or one name each where there are more."""
        return "aesthetic" if len(self._heads) == 1 else f"aesthetic-{head.version or head.name}"

    def embed(self, pictures: Pictures) -> npt.NDArray[np.float32]:
        """Embeddings, (N, D) float32 rows of unit length, of ``pictures`` as for ``judge``.

        The mean direction of a picture's views.
        """
        if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[3] != 3:
            raise ValueError(
                f"pictures must be (N, H, W, 3) uint8, got {pictures.shape} {pictures.dtype}"
            )
        if 0 in pictures.shape:
            raise ValueError(f"pictures must not be empty, got {pictures.shape}")
        _, height, width, _ = pictures.shape
        views = view_count(height, width, self.views)
        rows: list[npt.NDArray[np.float32]] = []
        start = 0
        while start < len(pictures):
            part = pictures[start : start + max(1, self._chunk // views)]
            full = False
            try:
                rows.append(self._embed_part(part))
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                if not self._can_shrink():
                    raise MemoryShort(self._encoder) from error
                full = True
            if full:  # outside the handler, whose traceback would hold on to the memory
                self._shrink()
            else:
                start += len(part)
        embeddings = np.concatenate(rows)
        if not np.isfinite(embeddings).all():
            raise ClipFailed(f"{self.description} gave values that are not numbers")
        return embeddings

    def warm_up(self) -> None:
        """Judge one batch for nothing: the first is slow on any device."""
        side = self._preprocess.size_px
        self.embed(coloured_waves(min(self._chunk, LARGEST_BATCH), side))

    def _embed_part(self, part: Pictures) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            # torch takes neither negative strides nor read-only memory
            held = torch.from_numpy(np.require(part, requirements=["C", "W"])).to(self.device)
            views = self._preprocess.views(held, at_most=self.views)
            inputs = torch.cat(views) if len(views) > 1 else views[0]
            units = torch.cat(
                [
                    unit_rows(self._tower(some.to(DTYPES[self.precision])))
                    for some in torch.split(inputs, self._chunk)
                ]
            )
            mean = unit_rows(units.view(len(views), len(part), -1).mean(dim=0))
            rows: npt.NDArray[np.float32] = mean.cpu().numpy()
        return rows

    def _can_shrink(self) -> bool:
        return self._chunk > 1 or self.device.type != "cpu"

    def _shrink(self) -> None:
        """Go on with half the batch, and where one picture is too much, on the processor."""
        if self._chunk == 1:
            self._go_to_the_processor()
            return
        self._chunk //= 2
        release(self.device)
        change = f"{self._chunk} picture{'s' if self._chunk > 1 else ''} at once"
        self._notice(f"{self.device} is out of memory: going on with {change}")

    def _move(self) -> None:
        """Bring the tower to the device, or to the processor where it doesn't fit there."""
        full = False
        try:
            self._tower = in_precision(self._tower, DTYPES[self.precision], device=self.device)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if self.device.type == "cpu":
                raise MemoryShort(self._encoder) from error
            full = True
        if full:  # outside the handler, as above
            self._go_to_the_processor()

    def _go_to_the_processor(self) -> None:
        before = self.device
        self.device, self.precision = torch.device("cpu"), "float32"
        self._move()
        self._preprocess = replace(self._preprocess, exact=True)
        self._chunk = min(self.batch_size, usual_batch(self.device))
        release(before)
        self._notice(f"{before} is out of memory: going on with the processor, in {self.precision}")

    def _notice(self, notice: str) -> None:
        self.notices.append(notice)
        if self._on_notice is not None:
            self._on_notice(notice)
