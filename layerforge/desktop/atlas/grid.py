"""The atlas's cells and the best branch in each: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layerforge.desktop.atlas.finding import Characters
from layerforge.model.branch import Branch
from layerforge.scoring.character import CELLS, Character, cells_of

Place = tuple[int, int]
"""Column and row, from 0: how colourful, and how complex."""


@dataclass(frozen=True, slots=True)
class Cell:
    """best: the best living branch of its kind, with its character.  count: how many there are."""

    best: Branch
    character: Character
    count: int


@dataclass(frozen=True, slots=True)
class Grid:
    """cells: those with a living branch.  place_of: the cell that each branch lies in."""

    cells: dict[Place, Cell]
    place_of: dict[int, Place]


def grid_of(characters: Characters, branch: Callable[[int], Branch | None]) -> Grid:
    """The grid of the branches whose characters are known; the older of equals is the best.

    Thousands are laid out while the window waits: whole columns at once.
    """
    found = [one for one in map(branch, characters) if one is not None]
    if not found:
        return Grid({}, {})
    table = np.array([characters[one.id] for one in found], dtype=np.float64)
    cells = cells_of(table)
    number = cells[:, 0] * CELLS[1] + cells[:, 1]
    ids = [one.id for one in found]
    values = np.array([one.value or 0.0 for one in found])
    living = np.flatnonzero([one.status != "killed" for one in found])
    best_first = living[np.lexsort((np.array(ids)[living], -values[living], number[living]))]
    _, starts, counts = np.unique(number[best_first], return_index=True, return_counts=True)
    filled: dict[Place, Cell] = {}
    for row, count in zip(best_first[starts].tolist(), counts.tolist(), strict=True):
        column, height = cells[row].tolist()
        filled[column, height] = Cell(found[row], characters[ids[row]], count)
    return Grid(filled, dict(zip(ids, map(tuple, cells.tolist()), strict=True)))


@dataclass(frozen=True, slots=True)
class Span:
    """Columns and rows that are shown, the last ones with them."""

    left: int
    right: int
    low: int
    high: int

    @property
    def columns(self) -> range:
        """The columns, from left to right."""
        return range(self.left, self.right + 1)

    @property
    def rows(self) -> range:
        """The rows, from low to high."""
        return range(self.low, self.high + 1)


WHOLE = Span(0, CELLS[0] - 1, 0, CELLS[1] - 1)


def span_of(grid: Grid) -> Span:
    """What has something in it, and one cell more on each side: that is where it may grow."""
    if not grid.cells:
        return WHOLE
    columns, rows = zip(*grid.cells, strict=True)
    return Span(
        max(min(columns) - 1, WHOLE.left),
        min(max(columns) + 1, WHOLE.right),
        max(min(rows) - 1, WHOLE.low),
        min(max(rows) + 1, WHOLE.high),
    )


def beside(grid: Grid, place: Place, dx: int, dy: int) -> Place | None:
    """The nearest filled cell that way, along rather than aside; None where there is none."""
    found = []
    for column, row in grid.cells:
        along = (column - place[0]) * dx + (row - place[1]) * dy
        aside = abs((column - place[0]) * dy) + abs((row - place[1]) * dx)
        if along > 0:
            found.append((along + 2 * aside, along, (column, row)))
    return min(found)[2] if found else None
