"""The four voters of the embedded scorer, and the scorer that joins them.

Each voter looks at the raw measures of a batch and says 0 (bad) to 1 (good).  They come from
different schools and disagree usefully, so their mean less κ times their standard deviation is
the value: a picture that only one of them loves does not win.  Den Heijer & Eiben 2014,
"Investigating aesthetic measures for unsupervised evolutionary art", compared most of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.scoring.embedding import embeddings
from layerforge.scoring.measures import NAMES, Look, look
from layerforge.scoring.reference import Reference, installed_reference
from layerforge.scoring.scorer import Pictures, Verdict

Votes = npt.NDArray[np.float64]
"""(N,) float64 in 0..1."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of a batch, by column.

    vectors: (N, 19) float64 in the order of ``NAMES``.
    contrast: (N,) float64, global contrast factor.
    """

    vectors: npt.NDArray[np.float64]
    contrast: npt.NDArray[np.float64]

    @classmethod
    def of(cls, looks: list[Look]) -> Figures:
        """The figures of ``looks``, one row each."""
        return cls(
            np.stack([seen.measures.vector() for seen in looks]),
            np.array([seen.contrast for seen in looks], dtype=np.float64),
        )

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        """(N,) float64: the measure called ``name``."""
        return self.vectors[:, NAMES.index(name)]


def vividness(figures: Figures) -> Votes:
    """Colour and light: mean of colourfulness capped at 0.35 and contrast capped at 0.2.

    Mapping: each share is measure / cap, at most 1; contrast is the standard deviation of L.
    Source: Hasler & Süsstrunk 2003, "Measuring colourfulness in natural images".
    """
    colour = np.minimum(figures["colorful"] / 0.35, 1.0)
    light = np.minimum(figures["L_std"] / 0.2, 1.0)
    return (colour + light) / 2.0


def order(figures: Figures) -> Votes:
    """Structure as in nature and art: spectral slope near -2.4, gradients on a bell curve.

    Mapping: product of ``inside`` for both.
    Source: Field 1987 (spectra of natural images); Ross, Ralph & Zong 2006, "Evolutionary image
    synthesis using a model of aesthetics" (bell curve).
    """
    natural = inside(figures["slope"], -2.9, -1.9, below=0.8, above=0.5)
    bell = inside(figures["bell_sd"], 0.85, 1.25, below=0.35, above=0.5)
    return natural * bell


def complexity(figures: Figures) -> Votes:
    """Neither too little nor too much: inverted U of JPEG size, global contrast and entropy.

    Mapping: product of ``inside`` for the three.
    Source: Machado & Cardoso 1998, "Computing aesthetics"; Matković et al. 2005, "Global
    contrast factor"; Rigau, Feixas & Sbert 2008, "Informational aesthetics measures".
    """
    size = inside(figures["jpeg"], 0.025, 0.07, below=0.01, above=0.03)
    contrast = inside(figures.contrast, 0.02, 0.06, below=0.015, above=0.03)
    information = inside(figures["L_entropy"], 4.0, 5.8, below=1.2, above=0.5)
    return size * contrast * information


def kinship(figures: Figures, reference: Reference) -> Votes:
    """Likeness to a set of chosen pictures: 1 / (1 + d² / 38), d the Mahalanobis distance.

    Source: Mittal, Soundararajan & Bovik 2013, "Making a completely blind image quality
    analyzer".
    """
    return 1.0 / (1.0 + reference.squared_distance(figures.vectors) / (2.0 * len(NAMES)))


def inside(
    values: npt.NDArray[np.float64], low: float, high: float, *, below: float, above: float
) -> Votes:
    """1 between ``low`` and ``high``; a Gaussian of width ``below``/``above`` outside."""
    short = np.maximum(low - values, 0.0) / below
    over = np.maximum(values - high, 0.0) / above
    return np.exp(-0.5 * (short * short + over * over))


class MeasuresScorer:
    """The default scorer: no model, no download, the same on every machine.

    reference: the set of pictures that ``kinship`` compares with; the installed one if None.
    kappa: how much disagreement between the voters costs, ≥ 0.
    """

    def __init__(self, *, reference: Reference | None = None, kappa: float = 0.5) -> None:
        if not kappa >= 0.0:
            raise ValueError(f"kappa must be ≥ 0, got {kappa}")
        self._reference = installed_reference() if reference is None else reference
        self._kappa = kappa

    @property
    def name(self) -> str:
        """``measures``."""
        return "measures"

    @property
    def description(self) -> str:
        """One line for people."""
        return (
            "four voters on 19 image measures (vividness, order, complexity, kinship to "
            f"{self._reference.pictures} reference pictures), CPU"
        )

    @property
    def batch_size(self) -> int:
        """16 pictures."""
        return 16

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1; values ≤ 1, the mean less κ·std."""
        if pictures.ndim != 4 or len(pictures) == 0:
            raise ValueError(f"pictures must be (N, H, W, 3) with N ≥ 1, got {pictures.shape}")
        looks = [look(picture) for picture in pictures]
        figures = Figures.of(looks)
        parts = {
            "vividness": vividness(figures),
            "order": order(figures),
            "complexity": complexity(figures),
            "kinship": kinship(figures, self._reference),
        }
        votes = np.stack(list(parts.values()))
        return Verdict(
            values=votes.mean(axis=0) - self._kappa * votes.std(axis=0),
            embeddings=embeddings(looks),
            parts=parts,
        )
