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

from layerforge.model.values import digest
from layerforge.scoring.embedding import embeddings
from layerforge.scoring.measures import NAMES, Look, look
from layerforge.scoring.reference import Reference, installed_reference
from layerforge.scoring.scorer import Pictures, Verdict

Votes = npt.NDArray[np.float64]
"""(N,) float64 in 0..1."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The measures of a batch, by column.

    vectors: (N, 19) float64 in the order of ``NAMES``.
    contrast, blocking: (N,) float64, as in ``Look``.
    """

    vectors: npt.NDArray[np.float64]
    contrast: npt.NDArray[np.float64]
    blocking: npt.NDArray[np.float64]

    @classmethod
    def of(cls, looks: list[Look]) -> Columns:
        """The columns of ``looks``, one row each."""
        return cls(
            np.stack([seen.measures.vector() for seen in looks]),
            contrast=np.array([seen.contrast for seen in looks], dtype=np.float64),
            blocking=np.array([seen.blocking for seen in looks], dtype=np.float64),
        )

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        """(N,) float64: the measure called ``name``."""
        return self.vectors[:, NAMES.index(name)]


_RULES = b"measures, 2"
"""Another one where the voters say something else of the same picture."""


def vividness(columns: Columns) -> Votes:
    """Colour and light, each wanted up to a point.

    Mapping: mean of two shares, colourfulness / 0.35 and standard deviation of L / 0.2, both at
    most 1; colourfulness above 0.5 (garish) and deviations above 0.28 (hard black and white)
    lose again.
    Source: Hasler & Süsstrunk 2003, "Measuring colourfulness in natural images"; the caps were
    chosen by looking, since colourfulness alone is won by garish pictures.
    """
    colour, light = columns["colorful"], columns["L_std"]
    coloured = np.minimum(colour / 0.35, 1.0) * inside(colour, 0.0, 0.5, below=1.0, above=0.2)
    lit = np.minimum(light / 0.2, 1.0) * inside(light, 0.0, 0.28, below=1.0, above=0.1)
    return (coloured + lit) / 2.0


def order(columns: Columns) -> Votes:
    """Structure as in nature and art: power at all scales, detail and quiet areas, large shapes.

    Mapping: geometric mean of ``inside`` for the spectral slope, how straight the spectrum is
    (grids and tiles are not), the width of the gradients' bell curve, the Gini coefficient of
    the gradient (all-over texture is low, a lone line high), and the share of the deviation of
    L which outlives a blur of 1/32 of the side; that times ``inside`` for the blocks of a JPEG,
    whose strong banding and even grid would else pass for order.  JPEGs of quality 60 and better
    lose nothing.
    Source: Field 1987, "Relations between the statistics of natural images and the response
    properties of cortical cells"; Graham & Redies 2010, "Statistical regularities in art";
    Ross, Ralph & Zong 2006, "Evolutionary image synthesis using a model of aesthetics"; Wang,
    Sheikh & Bovik 2002, "No-reference perceptual quality assessment of JPEG compressed images".
    """
    shapes = columns["low_std"] / np.maximum(columns["L_std"], 1e-3)
    ordered = _joined(
        inside(columns["slope"], -2.9, -2.3, below=0.5, above=0.4),
        inside(columns["slope_res"], 0.0, 0.35, below=1.0, above=0.3),
        inside(columns["bell_sd"], 1.0, 1.25, below=0.3, above=0.3),
        inside(columns["edge_gini"], 0.55, 0.72, below=0.12, above=0.12),
        inside(shapes, 0.75, 0.92, below=0.2, above=0.05),
    )
    return ordered * inside(columns.blocking, 0.0, 1.5, below=1.0, above=0.35)


def complexity(columns: Columns) -> Votes:
    """Neither too little nor too much to see: an inverted U (Berlyne 1971).

    Mapping: geometric mean of ``inside`` for the JPEG bytes of the picture and of its
    composition alone, the global contrast factor, and the entropy of L.
    Source: Machado & Cardoso 1998, "Computing aesthetics" (JPEG size); Matković et al. 2005,
    "Global contrast factor - a new approach to image contrast"; Rigau, Feixas & Sbert 2008,
    "Informational aesthetics measures" (entropy); Berlyne 1971, "Aesthetics and psychobiology".
    """
    return _joined(
        inside(columns["jpeg"], 0.035, 0.06, below=0.015, above=0.02),
        inside(columns["jpeg_low"], 0.105, 0.15, below=0.025, above=0.025),
        inside(columns.contrast, 0.035, 0.065, below=0.015, above=0.02),
        inside(columns["L_entropy"], 4.6, 5.6, below=0.9, above=0.25),
    )


def kinship(columns: Columns, reference: Reference) -> Votes:
    """Likeness to a set of chosen pictures: 1 / (1 + d² / 38), d the Mahalanobis distance.

    Source: Mittal, Soundararajan & Bovik 2013, "Making a completely blind image quality
    analyzer".
    """
    return 1.0 / (1.0 + reference.squared_distance(columns.vectors) / (2.0 * len(NAMES)))


def inside(
    values: npt.NDArray[np.float64], low: float, high: float, *, below: float, above: float
) -> Votes:
    """1 between ``low`` and ``high``; a Gaussian of width ``below``/``above`` outside."""
    short = np.maximum(low - values, 0.0) / below
    over = np.maximum(values - high, 0.0) / above
    return np.exp(-0.5 * (short * short + over * over))


def _joined(*shares: Votes) -> Votes:
    """The geometric mean of ``shares``: one that is near 0 spoils all."""
    product: Votes = np.prod(np.stack(shares), axis=0)
    return product ** (1.0 / len(shares))


class MeasuresScorer:
    """The default scorer: no model, no download, the same on every machine.

    reference: the set of pictures that ``kinship`` compares with; the installed one if None.
    kappa: how much disagreement between the voters costs, ≥ 0; 0.5 looked best.
    """

    def __init__(self, *, reference: Reference | None = None, kappa: float = 0.5) -> None:
        if not kappa >= 0.0:
            raise ValueError(f"kappa must be ≥ 0, got {kappa}")
        self._reference = installed_reference() if reference is None else reference
        self._kappa = kappa

    def compared_with(self, reference: Reference) -> MeasuresScorer:
        """The same, but with another set of pictures that ``kinship`` compares with."""
        return MeasuresScorer(reference=reference, kappa=self._kappa)

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
    def voters(self) -> tuple[str, ...]:
        """The names of the parts of every verdict."""
        return "vividness", "order", "complexity", "kinship"

    @property
    def meanings(self) -> dict[str, str]:
        """What each vote and the value say, for people."""
        return {
            "value": f"the mean of the votes less {self._kappa:g} times their spread, at most 1",
            **dict.fromkeys(self.voters, "0 bad, 1 good"),
        }

    @property
    def fingerprint(self) -> str:
        """Who exactly judges: the voters, and the pictures that one of them compares with."""
        return digest(_RULES, self._reference.to_json().encode()).hex()

    @property
    def batch_size(self) -> int:
        """16 pictures."""
        return 16

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1; values ≤ 1, the mean less κ·std."""
        if pictures.ndim != 4 or len(pictures) == 0:
            raise ValueError(f"pictures must be (N, H, W, 3) with N ≥ 1, got {pictures.shape}")
        looks = [look(picture) for picture in pictures]
        columns = Columns.of(looks)
        parts = {
            "vividness": vividness(columns),
            "order": order(columns),
            "complexity": complexity(columns),
            "kinship": kinship(columns, self._reference),
        }
        votes = np.stack(list(parts.values()))
        return Verdict(
            values=votes.mean(axis=0) - self._kappa * votes.std(axis=0),
            embeddings=embeddings(looks),
            parts=parts,
        )
