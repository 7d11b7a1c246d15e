from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.explore.replaying import replay
from layerforge.files.recipes import read_recipe
from layerforge.model.recipe import decode_recipe
from tests.desktop.driving import banner_texts, click_branch


def test_dragged_out_versions_are_files_with_their_recipe(opened: MainWindow, qtbot: QtBot) -> None:
    project, model = opened.session.project, opened.panels.gallery.model
    ids = [model.branch_at(row).id for row in (0, 2)]
    assert model.index(0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    found: list[Path] = []
    opened.carrier.prepare(ids, then=found.extend)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=20_000)
    for branch_id, path in zip(ids, found, strict=True):
        assert read_recipe(path).steps == project.history(branch_id)
        with Image.open(path) as picture:
            assert picture.size == (project.canvas.width, project.canvas.height)
    again: list[Path] = []
    opened.carrier.prepare(ids[::-1], then=again.extend)
    assert again == found[::-1]  # at once: they are there
    opened.close()
    assert not any(path.exists() for path in found)


def test_a_drag_that_is_let_go_before_its_files_are_there_is_none(
    opened: MainWindow, qtbot: QtBot
) -> None:
    """No button is held here, as if it was let go at once."""
    click_branch(opened, qtbot, 0)
    opened.panels.gallery.view.startDrag(Qt.DropAction.CopyAction)
    assert QApplication.overrideCursor() is None


def test_a_copy_is_the_picture_and_its_recipe(
    opened: MainWindow, qtbot: QtBot, explored: Path, tmp_path: Path
) -> None:
    branch = click_branch(opened, qtbot, 1)
    qtbot.keyClick(opened, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: f"#{branch} is on the clipboard" in banner_texts(opened), timeout=20_000
    )
    data = QApplication.clipboard().mimeData()
    recipe = decode_recipe(data.text().encode())
    assert recipe.steps == opened.session.project.history(branch)
    pasted = tmp_path / "pasted.png"
    pasted.write_bytes(bytes(data.data("image/png").data()))
    assert read_recipe(pasted) == recipe
    replayed = replay(pasted, to=tmp_path / "again.png", sources=[explored]).written
    with Image.open(pasted) as picture, Image.open(replayed) as truth:
        assert np.array_equal(np.asarray(picture), np.asarray(truth))
        image = QImage(data.imageData())
        assert (image.width(), image.height()) == picture.size
