from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from layerforge.desktop.gallery.filters import Filter
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.window import MainWindow
from layerforge.model.branch import Branch, Status
from layerforge.model.score import Score
from layerforge.model.step import Call, ParameterValue, Step
from tests.desktop.driving import choose_in

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
ONE, OTHER = "1" * 64, "2" * 64


def step(name: str, **parameters: ParameterValue) -> Step:
    return Step(operation=Call(name=name, parameters=parameters))


def branch(
    branch_id: int, parent: int, value: float, *steps: Step, status: Status = "open"
) -> Branch:
    score = Score(value=value)
    return Branch(id=branch_id, parent=parent, steps=steps, score=score, status=status)


@pytest.fixture
def model(qapp: object) -> GalleryModel:
    model = GalleryModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_branches(
        [
            branch(1, 0, 0.5, step("layout.add_picture", source=ONE)),
            branch(2, 1, 0.9, step("blur.gaussian", radius=0.01)),
            branch(3, 0, 0.1, step("layout.add_picture", source=OTHER), status="pinned"),
            branch(4, 2, 0.7, step("layout.add_picture", source=OTHER), status="killed"),
        ]
    )
    return model


def ids(model: GalleryModel) -> set[int]:
    return {model.branch_at(row).id for row in range(model.rowCount())}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Filter(), {1, 2, 3, 4}),
        (Filter(family="blur"), {2, 4}),  # what it was made from counts, too
        (Filter(source=OTHER), {3, 4}),
        (Filter(source=ONE, family="blur", hide_killed=True), {2}),
        (Filter(low=0.5, high=0.7), {1, 4}),
        (Filter(low=0.5, shown="killed"), {4}),
        (Filter(low=2.0), set()),
    ],
)
def test_only_what_fits_is_shown(model: GalleryModel, wanted: Filter, shown: set[int]) -> None:
    model.set_filter(wanted)
    assert ids(model) == shown
    assert sum(model.row_of(one) is not None for one in (1, 2, 3, 4)) == len(shown)


def test_counts_follow_the_filter(model: GalleryModel) -> None:
    model.set_filter(Filter(source=OTHER))
    assert model.counts() == {"all": 2, "open": 0, "pinned": 1, "killed": 1}
    model.add([branch(5, 3, 0.3), branch(6, 1, 0.4)])
    assert ids(model) == {3, 4, 5}
    assert model.counts()["open"] == 1


def test_narrowing_by_mouse_and_keys(opened: MainWindow, qtbot: QtBot) -> None:
    gallery = opened.panels.gallery
    narrowing = gallery.narrowing
    every = ids(gallery.model)
    traits = gallery.model.traits
    by_family = {
        family: {one for one in every if family in traits.families(one)}
        for family in traits.all_families()
    }
    family = next(name for name, made in by_family.items() if 2 < len(made) < len(every))
    made_with = by_family[family]
    choose_in(narrowing.family, family.capitalize(), qtbot)
    assert ids(gallery.model) == made_with
    assert family.capitalize() in narrowing.toolTip()
    source = opened.session.sources[0]
    choose_in(narrowing.source, source.name, qtbot)
    assert ids(gallery.model) == {one for one in made_with if source.id in traits.sources(one)}
    choose_in(narrowing.source, "Any", qtbot)
    middle = sorted(gallery.model.branch(one).value or 0.0 for one in made_with)[
        len(made_with) // 2
    ]  # type: ignore[union-attr]
    narrowing.from_value.setChecked(True)
    narrowing.low.setValue(round(middle, 2))
    assert ids(gallery.model) < made_with
    narrowing.low.setValue(90.0)
    assert "Filter" in gallery._why_empty() or "filter" in gallery._why_empty()
    qtbot.mouseClick(narrowing.clear, Qt.MouseButton.LeftButton)
    assert ids(gallery.model) == every
    assert not narrowing.clear.isEnabled()


def test_novelty_is_measured_when_asked_for(opened: MainWindow, qtbot: QtBot) -> None:
    gallery, measuring = opened.panels.gallery, opened.choosing.measuring
    with qtbot.waitSignal(measuring.found, timeout=10_000) as found:
        choose_in(gallery.orders, "Novel", qtbot)
    what, measures = found.args
    assert what == "novel"
    shown = [gallery.model.branch_at(row).id for row in range(gallery.model.rowCount())]
    assert shown == sorted(shown, key=lambda one: (-measures[one], one))
    project = opened.session.project
    encoder = project.encoder() or ""
    # by hand: the mean of the six smallest distances to all others and the sources
    vectors = {one: v.astype(float) for one, v in project.embeddings(encoder=encoder).items()}
    vectors = {one: v / np.linalg.norm(v) for one, v in vectors.items()}
    others = [v for one, v in vectors.items() if one != shown[0]]
    others += [
        v.astype(float) / np.linalg.norm(v.astype(float))
        for v in project.source_embeddings(encoder=encoder)
    ]
    nearest = np.sort([1.0 - float(vectors[shown[0]] @ one) for one in others])[:6]
    assert measures[shown[0]] == pytest.approx(float(nearest.mean()), abs=2e-3)


def test_taste_says_where_it_is_not_known(opened: MainWindow, qtbot: QtBot) -> None:
    gallery, measuring = opened.panels.gallery, opened.choosing.measuring
    with qtbot.waitSignal(measuring.found, timeout=10_000):
        gallery.sort("taste")
    texts = [one.message.text for one in opened.panels.banners.banners()]
    assert any("taste is not known" in text for text in texts)
