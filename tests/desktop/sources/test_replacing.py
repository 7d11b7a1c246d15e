from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.operations.registry import build
from tests.desktop.driving import banner_texts, click_branch
from tests.desktop.sources.test_tools import click_source


def sources_of(window: MainWindow, branch: int) -> set[object]:
    """What a branch is made of; every step must be one that can be built."""
    named: set[object] = set()
    for step in window.session.project.history(branch):
        build(step.operation)
        named |= set(step.operation.parameters.values())
    return named & {one.id for one in window.session.sources}


def test_another_image_takes_the_place_of_a_source(
    opened: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    window, session = opened, opened.session
    old = click_source(window, qtbot, 0)
    window.studio.source_tools.weights[2.0].trigger()
    pinned = [
        click_branch(window, qtbot, row)
        for row in range(window.panels.gallery.model.rowCount())
        if old in sources_of(window, window.panels.gallery.model.branch_at(row).id)
    ][:2]
    session.decide("pin", pinned)
    window.dialogs.replacement = (  # type: ignore[method-assign]
        lambda _folder, _name: samples / "fern.jpg"
    )
    click_source(window, qtbot, 0)
    window.studio.source_tools.replace.trigger()
    qtbot.waitUntil(lambda: "2 pinned branches are made of" in banner_texts(window), timeout=10_000)
    (new,) = (one.id for one in session.sources if one.name == "fern.jpg")
    assert session.source_weights == {old: 0.0, new: 2.0}
    banner = window.panels.banners.banners()[0]
    banner.offers[0].click()
    qtbot.waitUntil(lambda: "there once more" in banner_texts(window), timeout=60_000)
    made = [one for one in session.pinned() if one not in pinned]
    assert len(made) == 2
    for was, now in zip(sorted(pinned), made, strict=True):
        assert old in sources_of(window, was)  # it stays as it was
        assert sources_of(window, now) == sources_of(window, was) - {old} | {new}
        assert window.panels.gallery.model.branch(now) is not None


def test_an_image_by_itself_changes_nothing(
    opened: MainWindow, photos: list[Path], qtbot: QtBot
) -> None:
    click_source(opened, qtbot, 0)
    opened.dialogs.replacement = lambda _folder, _name: photos[0]  # type: ignore[method-assign]
    with qtbot.waitSignal(opened.session.sources_added, timeout=10_000):
        opened.studio.source_tools.replace.trigger()
    assert opened.session.source_weights == {}
    assert "are here already" in banner_texts(opened)
