"""Votes by words: antonym pairs, and what a person wants more or less of.

Sources: Wang, Chan & Loy 2023, "Exploring CLIP for Assessing the Look and Feel of Images"
(CLIP-IQA: a softmax over a pair of antonyms); Radford et al. 2021 (several templates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.scoring.text import EmbeddedTexts

PAIRS = (
    ("a striking, well composed collage", "a messy, broken picture"),
    ("a beautiful work of art", "an ugly picture"),
    ("a clear, harmonious image", "a muddy, chaotic image"),
    ("an interesting picture", "a boring picture"),
)
"""What is good, and its opposite."""

TEMPLATES = ("{}", "this is {}", "an album cover: {}")
"""Ways to say it; each pair or text is put into all of them, and their votes are averaged."""

MAX_TEXT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """What to ask of pictures.  pairs: (good, bad).  more, less: a person's own texts."""

    pairs: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (*self.more, *self.less):
            if not text.strip() or len(text) > MAX_TEXT_CHARACTERS or "\n" in text:
                raise LayerForgeError(
                    f"a text must be one line of 1 to {MAX_TEXT_CHARACTERS} characters, "
                    f"got {text[:40]!r}"
                )
        if both := set(self.more) & set(self.less):
            raise LayerForgeError(f"more and less of the same is asked for: {both.pop()!r}")

    @property
    def voters(self) -> tuple[str, ...]:
        """The names of the votes that ``word_votes`` gives."""
        return (
            *(("prompts",) if self.pairs else ()),
            *(f"more like: {text}" for text in self.more),
            *(f"less like: {text}" for text in self.less),
        )

    @property
    def meanings(self) -> dict[str, str]:
        """What each of these votes says, for people."""
        like = "cosine to the text, -1 to 1"
        return {
            **({"prompts": "0 like bad pictures, 1 like good ones"} if self.pairs else {}),
            **{f"more like: {text}": like for text in self.more},
            **{f"less like: {text}": f"{like}, its sign turned" for text in self.less},
        }

    def texts(self) -> tuple[str, ...]:
        """All that has to be embedded, each once."""
        plain = (*(text for pair in self.pairs for text in pair), *self.more, *self.less)
        return tuple(dict.fromkeys(_in(way, text) for text in plain for way in TEMPLATES))


def wording(
    *, pairs: bool, more_like: Sequence[str] = (), less_like: Sequence[str] = ()
) -> Wording:
    """The wording for a person's texts, each once, with or without the antonym pairs."""
    more, less = (
        tuple(dict.fromkeys(text.strip() for text in texts)) for texts in (more_like, less_like)
    )
    return Wording(pairs=PAIRS if pairs else (), more=more, less=less)


def word_votes(
    asked: Wording, embedded: EmbeddedTexts, embeddings: npt.NDArray[np.float32]
) -> dict[str, npt.NDArray[np.float64]]:
    """Votes by name, (N,) float64 each, larger is better, on ``embeddings``: (N, D) unit rows.

    ``prompts``: the probability of the good one, 0 to 1, mean over pairs and templates.
    ``more like: TEXT`` and ``less like: TEXT``: the cosine to the text, the latter negated.
    """
    pictures = embeddings.astype(np.float64)
    votes: dict[str, npt.NDArray[np.float64]] = {}
    if asked.pairs:
        odds = [
            _cosines(pictures, embedded, [_in(way, good)])
            - _cosines(pictures, embedded, [_in(way, bad)])
            for good, bad in asked.pairs
            for way in TEMPLATES
        ]
        # a softmax over two is a logistic curve of their difference
        chances = 0.5 * (1.0 + np.tanh(0.5 * embedded.scale * np.stack(odds)))
        votes["prompts"] = chances.mean(axis=0)
    for text in asked.more:
        votes[f"more like: {text}"] = _cosines(
            pictures, embedded, [_in(w, text) for w in TEMPLATES]
        )
    for text in asked.less:
        votes[f"less like: {text}"] = -_cosines(
            pictures, embedded, [_in(way, text) for way in TEMPLATES]
        )
    return votes


def _cosines(
    pictures: npt.NDArray[np.float64], embedded: EmbeddedTexts, texts: Sequence[str]
) -> npt.NDArray[np.float64]:
    """(N,): cosine of each picture to the mean direction of ``texts``."""
    towards = np.mean([embedded.rows[text].astype(np.float64) for text in texts], axis=0)
    towards /= np.linalg.norm(towards)
    # row by row, so that a picture's vote does not depend on its neighbours
    cosines: npt.NDArray[np.float64] = np.einsum("nd,d->n", pictures, towards)
    return cosines


def _in(way: str, text: str) -> str:
    return way.replace("{}", text)
