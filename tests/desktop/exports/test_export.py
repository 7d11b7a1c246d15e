from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.exports.dialog import Choice, ExportDialog
from layerforge.desktop.exports.wish import Wish, remembered, to_remember
from layerforge.desktop.window import MainWindow
from layerforge.explore.exporting import best_branches
from layerforge.files.formats import Format
from layerforge.files.recipes import read_recipe
from layerforge.model.canvas import Canvas
from tests.desktop.driving import banner_texts, choose_in, click_branch

CHOICE = Choice(selected=2, pinned=0, all=9, name="mine", example=7, value=0.25)


def dialog_for(qtbot: QtBot, wish: Wish | None = None, choice: Choice = CHOICE) -> ExportDialog:
    dialog = ExportDialog(
        choice=choice, canvas=Canvas(width=300, height=200), folder=Path("/tmp"), wish=wish
    )
    qtbot.addWidget(dialog)
    return dialog


def ask(window: MainWindow, folder: Path) -> ExportDialog:
    window.commands.export.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    dialog.folder.setText(str(folder))
    dialog.edge.setCurrentIndex(dialog.edge.findData(-1))
    dialog.other.setValue(64)
    return dialog


def finish(window: MainWindow, dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.exports.exporter.done, timeout=30_000):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_a_wish_is_remembered_and_nonsense_is_not() -> None:
    wish = Wish(kind="psd", depth=16, long_edge_px=512, name="{rank}", storyboard="both")
    assert remembered(to_remember(wish)) == wish
    for text in ("", "{", '{"kind": "gif"}', '{"long_edge_px": 99999999}'):
        assert remembered(text) == Wish()


@pytest.mark.parametrize(
    ("kind", "depths"),
    [
        ("png", [8, 16]),
        ("tiff", [16, 8]),
        ("webp", [8]),
        ("jpeg", [8]),
        ("ora", [8, 16]),
        ("psd", [8, 16]),
    ],
)
def test_only_depths_that_a_format_holds_are_offered(
    qtbot: QtBot, kind: Format, depths: list[int]
) -> None:
    dialog = dialog_for(qtbot, Wish(kind=kind, depth=16))
    assert [dialog.bits.itemData(row) for row in range(dialog.bits.count())] == depths
    wish = dialog.wish()
    assert (wish.kind, wish.depth) == (kind, max(depths))


def test_an_example_or_what_is_wrong_is_shown(qtbot: QtBot) -> None:
    dialog = dialog_for(qtbot)
    assert "mine-00007.png" in dialog.example.text()
    dialog.name.setText("{rank:02d} {project} {width}x{height} {value:.1f}")
    choose_in(dialog.kind, dialog.kind.itemText(dialog.kind.findData("ora")), qtbot)
    assert "01 mine 300x200 0.2.ora" in dialog.example.text()
    dialog.name.setText("{what}")
    assert "can't be filled in" in dialog.example.text()
    assert not dialog.export_button.isEnabled()
    dialog.name.setText("a")
    dialog.kind.setCurrentIndex(dialog.kind.findData("webp"))
    dialog.edge.setCurrentIndex(dialog.edge.findData(-1))
    dialog.other.setValue(16_384)
    assert "at most 16383" in dialog.example.text()
    assert not dialog.export_button.isEnabled()
    dialog.other.setValue(16_383)
    assert dialog.export_button.isEnabled()


def test_only_what_there_is_can_be_exported(qtbot: QtBot) -> None:
    selected = dialog_for(qtbot)
    offered = [selected.what.itemData(row) for row in range(2)]
    assert offered == ["selection", "top"]
    pinned = Choice(selected=0, pinned=3, all=9, name="a", example=1, value=0.0)
    dialog = dialog_for(qtbot, Wish(what="top", top=500), pinned)
    assert dialog.wish() == Wish(what="top", top=9)
    assert "9 versions" in dialog.head.text()
    choose_in(dialog.what, "All pinned (3)", qtbot)
    assert "3 versions" in dialog.head.text()
    assert not dialog.top.isVisibleTo(dialog)


def test_the_best_with_storyboards_and_names(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask(opened, tmp_path / "out")
    dialog.what.setCurrentIndex(dialog.what.findData("top"))
    dialog.top.setValue(2)
    dialog.kind.setCurrentIndex(dialog.kind.findData("tiff"))
    dialog.name.setText("{rank}-of-{project}")
    dialog.storyboard.setCurrentIndex(dialog.storyboard.findData("strip"))
    finish(opened, dialog, qtbot)
    names = sorted(one.name for one in (tmp_path / "out").iterdir())
    plain = [f"{rank}-of-two photos" for rank in (1, 2)]
    assert names == sorted(
        name for one in plain for name in (f"{one}.tif", f"{one}.json", f"{one}-storyboard.png")
    )
    best = best_branches(opened.session.project, 2)
    for one, branch in zip(plain, best, strict=True):
        recipe = read_recipe(tmp_path / "out" / f"{one}.tif")
        assert recipe.steps == opened.session.project.history(branch)
    assert "Exported 2 versions" in banner_texts(opened)
    assert ask(opened, tmp_path).wish().name == "{rank}-of-{project}"
    QApplication.activeModalWidget().reject()  # type: ignore[union-attr]


def test_pinned_ones_with_layers(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    click_branch(opened, qtbot, 1)
    qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_P)
    click_branch(opened, qtbot, 0)
    dialog = ask(opened, tmp_path / "out")
    choose_in(dialog.what, "All pinned (1)", qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findData("ora"))
    finish(opened, dialog, qtbot)
    (picture,) = (tmp_path / "out").glob("*.ora")
    with zipfile.ZipFile(picture) as archive:
        assert "stack.xml" in archive.namelist()
        with archive.open("mergedimage.png") as file, Image.open(file) as image:
            assert max(image.size) == 64


def test_a_version_that_is_being_rendered_is_stopped(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    exporter, folder = opened.exports.exporter, tmp_path / "out"
    ids = tuple(best_branches(opened.session.project, 8))
    opened.exports.start(opened.session.project, ids, folder, Wish(long_edge_px=4096))
    with qtbot.waitSignal(exporter.done, timeout=30_000) as done:
        banner = opened.panels.banners.banners()[0]
        (stop,) = banner.offers
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert done.args is not None
    assert len(done.args[0].written) < len(ids)
    pictures = sorted(one.name for one in folder.glob("*.png")) if folder.exists() else []
    assert pictures == sorted(one.picture.name for one in done.args[0].written)
    assert not list(tmp_path.rglob("*.part"))
