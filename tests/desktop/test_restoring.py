"""What was exported is opened, or dropped, and is a project again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.explore.exporting import best_branches, export_branches
from layerforge.files.recipes import read_recipe
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, drop

TIMEOUT_MS = 60_000


@pytest.fixture
def exported(explored: Path, photos: list[Path], tmp_path: Path) -> Path:
    """An exported picture, with the photos that it was made of beside it."""
    folder = tmp_path / "exported"
    folder.mkdir()
    for photo in photos:
        (folder / photo.name).write_bytes(photo.read_bytes())
    with Project.open(explored, read_only=True) as project:
        (one,) = export_branches(project, best_branches(project, 1), folder=folder, name="best")
    return one.picture


def check_restored(window: MainWindow, picture: Path) -> None:
    recipe, project = read_recipe(picture), window.session.project
    assert window.session.untitled
    (branch,) = project.branches()[1:]
    assert project.history(branch.id) == recipe.steps
    assert project.canvas == recipe.canvas
    shown = window.panels.picture.branch
    assert shown is not None
    assert shown.id == branch.id
    assert window.panels.gallery.model.rowCount() == 1
    assert {one.id for one in window.session.sources} == {one.id for one in recipe.sources}


@pytest.mark.parametrize("suffix", [".png", ".json"])
def test_dropped_on_an_empty_window_it_is_a_project_again(
    window: MainWindow, exported: Path, qtbot: QtBot, suffix: str
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=TIMEOUT_MS):
        drop(window, [exported.with_suffix(suffix)])
    check_restored(window, exported)
    assert f"best{suffix} is a project again" in banner_texts(window)


def test_dropped_on_other_work_it_asks_what_it_is(
    opened: MainWindow, exported: Path, qtbot: QtBot
) -> None:
    before = len(opened.session.sources)
    drop(opened, [exported])
    qtbot.waitUntil(lambda: "holds its recipe" in banner_texts(opened), timeout=10_000)
    assert len(opened.session.sources) == before
    buttons = {one.text(): one for one in opened.panels.banners.findChildren(QPushButton)}
    with qtbot.waitSignal(opened.session.sources_added, timeout=10_000):
        qtbot.mouseClick(buttons["Add it as an image"], Qt.MouseButton.LeftButton)
    assert len(opened.session.sources) == before + 1
    drop(opened, [exported])
    qtbot.waitUntil(lambda: "holds its recipe" in banner_texts(opened), timeout=10_000)
    buttons = {one.text(): one for one in opened.panels.banners.findChildren(QPushButton)}
    with qtbot.waitSignal(opened.session.opened, timeout=TIMEOUT_MS):
        qtbot.mouseClick(buttons["Open it as a project"], Qt.MouseButton.LeftButton)
    check_restored(opened, exported)


def test_opened_by_the_menu_it_is_a_project_again_and_can_be_edited(
    window: MainWindow, exported: Path, qtbot: QtBot
) -> None:
    window.dialogs.project = lambda _folder: exported  # type: ignore[method-assign]
    with qtbot.waitSignal(window.session.opened, timeout=TIMEOUT_MS):
        window.commands.open.trigger()
    check_restored(window, exported)
    window.studio.inspector_dock.show()
    inspector, panel = window.studio.inspector, window.studio.inspector_panel
    qtbot.waitUntil(lambda: inspector.draft is not None, timeout=5000)
    panel.steps.choose(panel.history.rowCount() - 1)
    qtbot.keyClick(panel.steps, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: window.session.branch_count == 2, timeout=TIMEOUT_MS)


def test_without_its_sources_it_says_which_are_missing(
    window: MainWindow, exported: Path, qtbot: QtBot
) -> None:
    for photo in exported.parent.glob("*.jpg"):
        photo.unlink()
    drop(window, [exported])
    qtbot.waitUntil(lambda: "were not found" in banner_texts(window), timeout=TIMEOUT_MS)
    assert read_recipe(exported).sources[0].id[:12] in banner_texts(window)
    assert not window.session.busy
    assert window.session.branch_count == 0
