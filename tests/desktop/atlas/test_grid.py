from __future__ import annotations

import numpy as np
import pytest
from ribs.archives import GridArchive

from layerforge.desktop.atlas.grid import Span, beside, grid_of, span_of
from layerforge.model.branch import Branch, Status
from layerforge.model.score import Score
from layerforge.scoring.character import CELLS, RANGES, cells_of


def branch(branch_id: int, value: float, status: Status = "open") -> Branch:
    score = Score(value=value, parts={"order": value})
    return Branch(id=branch_id, parent=0, steps=(), status=status, score=score)


def in_cell(column: int, row: int) -> tuple[float, float]:
    """A character in the middle of a cell."""
    places = zip((column, row), CELLS, RANGES, strict=True)
    x, y = (low + (place + 0.5) / count * (high - low) for place, count, (low, high) in places)
    return x, y


def test_cells_are_those_of_the_elites_archive() -> None:
    rng = np.random.default_rng(1)
    lows, highs = np.array(RANGES).T
    characters = lows + (highs - lows) * rng.uniform(-0.3, 1.3, size=(4000, 2))
    archive = GridArchive(solution_dim=1, dims=CELLS, ranges=RANGES)
    theirs = archive.int_to_grid_index(archive.index_of(characters))
    assert (cells_of(characters) == theirs).all()


def test_each_cell_has_its_best_living_branch() -> None:
    known = {
        1: branch(1, 0.5),
        2: branch(2, 0.9),
        3: branch(3, 2.0, "killed"),
        4: branch(4, 0.1, "pinned"),
        5: branch(5, 0.9),
        6: branch(6, 1.0, "killed"),
    }
    kinds = {1: (2, 3), 2: (2, 3), 3: (2, 3), 4: (7, 0), 5: (2, 3), 6: (5, 5), 77: (0, 0)}
    grid = grid_of({one: in_cell(*place) for one, place in kinds.items()}, known.get)
    assert {place: (cell.best.id, cell.count) for place, cell in grid.cells.items()} == {
        (2, 3): (2, 3),
        (7, 0): (4, 1),
    }
    assert grid.place_of[3] == (2, 3)
    assert grid.place_of[6] == (5, 5)
    assert span_of(grid) == Span(1, 7, 0, 4)


def test_nothing_is_shown_whole() -> None:
    assert span_of(grid_of({}, lambda _one: None)) == Span(0, CELLS[0] - 1, 0, CELLS[1] - 1)


@pytest.mark.parametrize(
    ("way", "found"), [((1, 0), (5, 3)), ((-1, 0), (0, 3)), ((0, 1), (2, 6)), ((0, -1), None)]
)
def test_keys_walk_to_the_nearest_filled_cell(
    way: tuple[int, int], found: tuple[int, int] | None
) -> None:
    places = [(2, 3), (5, 3), (4, 7), (0, 3), (2, 6)]
    kinds = {one: in_cell(*place) for one, place in enumerate(places, start=1)}
    grid = grid_of(kinds, lambda one: branch(one, 0.5))
    assert beside(grid, (2, 3), *way) == found
