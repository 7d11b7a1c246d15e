"""What a judge of pictures is: the protocol that every scorer follows, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Pictures = npt.NDArray[np.uint8]
"""A batch: (N, H, W, 3) uint8, sRGB, opaque."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scorer says of a batch of N pictures.

    values: (N,) float64, the larger the better; only the order and, within one scorer,
        the distances mean something.
    parts: each voter's own opinion by name, (N,) float64.
    embeddings: (N, D) float32, rows of unit length: near means alike to this scorer.
    """

    values: npt.NDArray[np.float64]
    embeddings: npt.NDArray[np.float32]
    parts: Mapping[str, npt.NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    @classmethod
    def joined(cls, verdicts: Sequence[Verdict]) -> Verdict:
        """The verdicts of one scorer on batches, at least one, as on one batch."""
        return cls(
            values=np.concatenate([one.values for one in verdicts]),
            embeddings=np.concatenate([one.embeddings for one in verdicts]),
            parts={
                name: np.concatenate([one.parts[name] for one in verdicts])
                for name in verdicts[0].parts
            },
        )

    def parts_of(self, index: int) -> dict[str, float]:
        """The named opinions on the picture at ``index``, as plain floats."""
        return {name: float(votes[index]) for name, votes in self.parts.items()}


@runtime_checkable
class Scorer(Protocol):
    """Judges pictures.  The same batch always gets the same verdict."""

    @property
    def name(self) -> str:
        """The name on the command line, such as ``measures`` or ``clip``."""
        ...

    @property
    def description(self) -> str:
        """One line for people: model, head, device and precision."""
        ...

    @property
    def batch_size(self) -> int:
        """How many pictures it likes to judge at once; fixed, so that results repeat."""
        ...

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1."""
        ...
