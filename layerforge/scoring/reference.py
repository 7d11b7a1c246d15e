"""Statistics of a set of chosen pictures, and how far another picture lies from them.

The set that is installed with the package was made from desktop wallpapers; a folder of a
person's own loved pictures (a mood board) can take its place.  Only figures are kept.

``python -m layerforge.scoring.reference PROVENANCE FOLDER… > reference.json`` makes such a file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from layerforge.scoring.figures import SIDE, Picture, shrink
from layerforge.scoring.measures import NAMES, Measures, measure, screen

Vectors = npt.NDArray[np.float64]

LOGGED: dict[str, float] = {
    "jpeg": 1e-3,
    "jpeg_low": 1e-3,
    "slope_res": 0.02,
    "edge": 1e-3,
    "hf": 1e-3,
    "C_mean": 0.01,
    "C_std": 0.005,
    "L_std": 0.01,
    "low_std": 0.01,
    "asym": 0.01,
    "c8_std": 0.01,
}
"""The heavy-tailed measures, which are compared as ln(measure + floor), and their floors."""

_LOGGED_AT = np.array([NAMES.index(name) for name in LOGGED], dtype=np.intp)
_FLOORS = np.array(list(LOGGED.values()), dtype=np.float64)

_PRIOR_PICTURES = len(NAMES)
_SAME_PICTURE = 6.0 / 255.0
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"})


def tamed(vectors: Vectors) -> Vectors:
    """(N, 19) measures with the heavy-tailed ones in logarithms, (N, 19) float64."""
    out = np.array(vectors, dtype=np.float64, ndmin=2)
    out[:, _LOGGED_AT] = np.log(np.maximum(out[:, _LOGGED_AT], 0.0) + _FLOORS)
    return out


@dataclass(frozen=True, slots=True)
class Reference:
    """Mean and covariance of the tamed measures of a set of pictures.

    mean: (19,) float64.
    covariance: (19, 19) float64, positive definite.
    pictures: how many distinct pictures it was made from.
    provenance: which pictures they were, for people.
    percentiles: name of a measure to its 10th, 50th and 90th percentile in the set.
    """

    mean: Vectors
    covariance: Vectors
    pictures: int
    provenance: str
    percentiles: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        count = len(NAMES)
        if self.mean.shape != (count,) or self.covariance.shape != (count, count):
            raise ValueError(
                f"reference must hold {count} measures, "
                f"got mean {self.mean.shape} and covariance {self.covariance.shape}"
            )

    def squared_distance(self, vectors: Vectors) -> Vectors:
        """Squared Mahalanobis distance of (N, 19) measures to the set, (N,) float64.

        About 19 for a picture of the set itself.
        Source: Mittal, Soundararajan & Bovik 2013, "Making a completely blind image quality
        analyzer" (NIQE), which compares a picture's statistics to those of good pictures.
        """
        offsets = tamed(vectors) - self.mean
        solved = np.linalg.solve(self.covariance, offsets.T).T
        return np.asarray(np.einsum("ij,ij->i", offsets, solved), dtype=np.float64)

    def standardised(self, vectors: Vectors) -> Vectors:
        """(N, 19) measures as numbers of standard deviations from the set's mean, tamed."""
        scaled = (tamed(vectors) - self.mean) / np.sqrt(np.diag(self.covariance))
        return np.asarray(scaled, dtype=np.float64)

    def to_json(self) -> str:
        """The file that ``from_json`` reads."""
        return json.dumps(
            {
                "provenance": self.provenance,
                "pictures": self.pictures,
                "names": list(NAMES),
                "logged": LOGGED,
                "percentiles": {
                    name: dict(zip(("p10", "p50", "p90"), three, strict=True))
                    for name, three in self.percentiles.items()
                },
                "mean": [round(value, 6) for value in self.mean.tolist()],
                "covariance": [
                    [float(f"{v:.6g}") for v in row] for row in self.covariance.tolist()
                ],
            },
            indent=1,
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what ``to_json`` wrote.  Raises ValueError if its measures are not these ones."""
        data = json.loads(text)
        if data["names"] != list(NAMES) or data["logged"] != LOGGED:
            raise ValueError("reference was made with other measures; make it again")
        return cls(
            mean=np.array(data["mean"], dtype=np.float64),
            covariance=np.array(data["covariance"], dtype=np.float64),
            pictures=int(data["pictures"]),
            provenance=str(data["provenance"]),
            percentiles={
                name: (float(p["p10"]), float(p["p50"]), float(p["p90"]))
                for name, p in data["percentiles"].items()
            },
        )


@cache
def installed_reference() -> Reference:
    """The reference that comes with the package."""
    text = files("layerforge.scoring").joinpath("reference.json").read_text(encoding="utf-8")
    return Reference.from_json(text)


def reference_of(
    pictures: Iterable[Picture], *, provenance: str = "", prior: Reference | None = None
) -> Reference:
    """The statistics of ``pictures`` ((H, W, 3) uint8 each), the same picture counted once.

    prior: a set whose covariance fills in for what few pictures cannot tell, as if it had
        been seen 19 times more (the posterior mean under an inverse-Wishart prior).  Without,
        the measures' own variances do.
    Raises ValueError without pictures.
    """
    kept = list(_distinct(pictures))
    if not kept:
        raise ValueError("a reference needs at least one picture, got none")
    vectors = np.stack([measures.vector() for measures in kept])
    points = tamed(vectors)
    mean = points.mean(axis=0)
    offsets = points - mean
    own = offsets.T @ offsets / len(kept)
    if prior is None:
        fallback = np.diag(np.maximum(np.diag(own), 1e-4))
        strength = 1.0
    else:
        fallback = prior.covariance
        strength = float(_PRIOR_PICTURES)
    return Reference(
        mean=mean,
        covariance=(len(kept) * own + strength * fallback) / (len(kept) + strength),
        pictures=len(kept),
        provenance=provenance,
        percentiles=_percentiles(vectors),
    )


def _percentiles(vectors: Vectors) -> dict[str, tuple[float, float, float]]:
    table = np.percentile(vectors, (10.0, 50.0, 90.0), axis=0).T.round(4)
    return {
        name: (float(low), float(mid), float(high))
        for name, (low, mid, high) in zip(NAMES, table, strict=True)
    }


def _distinct(pictures: Iterable[Picture]) -> Iterator[Measures]:
    """The measures of those pictures that look like none before: 16 x 16 means differ.

    Blank and noise-like ones tell nothing of taste and are left out.
    """
    seen: list[npt.NDArray[np.float32]] = []
    for picture in pictures:
        if screen(picture) is not None:
            continue
        thumbnail = shrink(picture, side=16).astype(np.float32) / np.float32(255.0)
        if any(float(np.abs(thumbnail - other).mean()) < _SAME_PICTURE for other in seen):
            continue
        seen.append(thumbnail)
        yield measure(picture)


def _pictures_in(folders: Sequence[Path]) -> Iterator[Picture]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                with Image.open(path) as image:
                    yield shrink(np.asarray(image.convert("RGB")), side=SIDE)


def main(arguments: Sequence[str]) -> int:
    """Print the reference of all pictures under the folders named in ``arguments``."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m layerforge.scoring.reference PROVENANCE FOLDER…\n")
        return 2
    cv2.setNumThreads(1)
    provenance, *folders = arguments
    made = reference_of(_pictures_in([Path(name) for name in folders]), provenance=provenance)
    sys.stdout.write(made.to_json() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
