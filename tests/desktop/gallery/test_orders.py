from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from layerforge.desktop.gallery.marks import OUT_SHARE, is_fragile, out_distance
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.gallery.orders import Order
from layerforge.model.branch import Branch
from layerforge.model.score import Score
from layerforge.project.records import Run

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def branch(branch_id: int, value: float, fragility: float, hull: float | None) -> Branch:
    score = Score(value=value, fragility=fragility, hull_distance=hull)
    return Branch(id=branch_id, parent=0, steps=(), score=score)


def ids(model: GalleryModel) -> list[int]:
    return [model.branch_at(row).id for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: object) -> GalleryModel:
    model = GalleryModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_branches(
        [
            branch(1, 0.5, 0.3, 0.2),
            branch(2, 0.9, 0.0, None),
            branch(3, 0.1, -0.1, 0.8),
            branch(4, 0.7, 0.05, 0.5),
        ]
    )
    return model


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("best", [2, 4, 1, 3]),
        ("newest", [4, 3, 2, 1]),
        ("fragile", [1, 4, 2, 3]),
        ("outside", [3, 4, 1, 2]),
        ("novel", [2, 4, 1, 3]),  # nothing is measured yet
    ],
)
def test_branches_are_sorted(model: GalleryModel, order: Order, wanted: list[int]) -> None:
    model.set_order(order)
    assert ids(model) == wanted
    assert [model.row_of(one) for one in wanted] == [0, 1, 2, 3]


def test_what_is_measured_later_sorts_anew_and_keeps_what_is_held(model: GalleryModel) -> None:
    model.set_order("novel")
    held = {one: QPersistentModelIndex(model.index(model.row_of(one) or 0)) for one in ids(model)}
    model.set_measures("taste", {1: 9.0})
    assert ids(model) == [2, 4, 1, 3]
    model.set_measures("novel", {1: 0.2, 3: 0.9, 2: 0.1})
    assert ids(model) == [3, 1, 2, 4]  # what has no measure comes last
    assert {one: index.row() for one, index in held.items()} == {3: 0, 1: 1, 2: 2, 4: 3}
    model.add([branch(5, 0.0, 0.0, None)])
    assert ids(model) == [3, 1, 2, 4, 5]
    model.set_order("taste")
    assert ids(model)[0] == 1


def test_marks_are_named(model: GalleryModel) -> None:
    assert [one for one in (1, 2, 3, 4) if is_fragile(model.branch(one) or branch(0, 0, 0, 0))] == [
        1
    ]
    assert not model.is_out(model.branch(3) or branch(0, 0, 0, 0))  # nobody knows yet what is far
    model.set_out_distance(0.5)
    words = [model.describe(model.branch_at(row)) for row in range(4)]
    assert [("fragile" in one, "unlike all sources" in one) for one in words] == [
        (False, False),
        (False, True),
        (True, False),
        (False, True),
    ]


def test_far_is_measured_by_how_far_sources_lie_apart() -> None:
    def run(reference: dict[str, object]) -> Run:
        return Run(1, 0, "measures", "", "", None, reference=reference)

    assert out_distance([]) is None
    assert out_distance([run({"typical_distance": 0.5}), run({})]) == pytest.approx(OUT_SHARE)
    assert out_distance([run({"typical_distance": "x"})]) is None
