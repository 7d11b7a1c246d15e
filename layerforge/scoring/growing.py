"""Rows of numbers that become more, one beside the other in memory."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

_Number = TypeVar("_Number", bound=np.generic)

_LEAST_ROOM = 64


class GrowingRows(Generic[_Number]):
    """An array of shape (N, *shape) to which rows are added at little cost.

    Room is doubled when it is used up, so that a row is copied twice on average.
    """

    def __init__(self, shape: tuple[int, ...], dtype: type[_Number]) -> None:
        self._held: npt.NDArray[_Number] = np.zeros((0, *shape), dtype=dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def rows(self) -> npt.NDArray[_Number]:
        """(N, *shape): all rows in the order of adding.  It does not grow, nor is it copied."""
        return self._held[: self._count]

    def extend(self, rows: npt.NDArray[_Number]) -> None:
        """Add (M, *shape)."""
        count = self._count + len(rows)
        if count > len(self._held):
            room = max(count, 2 * len(self._held), _LEAST_ROOM)
            held = np.zeros((room, *self._held.shape[1:]), dtype=self._held.dtype)
            held[: self._count] = self.rows()
            self._held = held
        self._held[self._count : count] = rows
        self._count = count
