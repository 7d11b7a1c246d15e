from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from layerforge.desktop.picture.caption import STEPS, Caption
from layerforge.desktop.picture.image import to_qimage
from layerforge.desktop.picture.preview import Preview
from layerforge.desktop.picture.votes import Votes
from layerforge.desktop.window import MainWindow
from layerforge.model.branch import Branch
from layerforge.model.score import Score
from layerforge.scoring.voters import MeasuresScorer
from tests.desktop.driving import click_branch


@pytest.mark.parametrize(("width", "channels"), [(1, 3), (3, 3), (5, 3), (7, 4), (301, 3)])
def test_odd_widths_keep_their_pixels(width: int, channels: int) -> None:
    rng = np.random.default_rng(width)
    pixels = rng.integers(0, 256, (11, width, channels), dtype=np.uint8)
    if channels == 4:
        pixels[..., 3] = 255
    image = to_qimage(pixels)
    pixels_before = pixels.copy()
    pixels[:] = 0  # the image owns its pixels
    for y, x in [(0, 0), (10, 0), (10, width - 1), (5, width // 2)]:
        color: QColor = image.pixelColor(x, y)
        assert (color.red(), color.green(), color.blue()) == tuple(pixels_before[y, x, :3])


def test_views_of_arrays_are_packed_first() -> None:
    wide = np.arange(7 * 20 * 3, dtype=np.uint8).reshape(7, 20, 3)
    part = wide[:, 3:8]
    color = to_qimage(part).pixelColor(4, 6)
    assert (color.red(), color.green(), color.blue()) == tuple(part[6, 4])


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pixels must be"):
        to_qimage(np.zeros(shape, np.uint8))


def test_the_chosen_branch_is_shown_at_once_then_sharp(opened: MainWindow, qtbot: QtBot) -> None:
    picture = opened.panels.picture
    click_branch(opened, qtbot, 1)
    assert not picture.preview.sharp
    qtbot.waitUntil(lambda: picture.preview.sharp, timeout=10_000)
    caption = picture.caption
    assert picture.branch is not None
    assert f"#{picture.branch.id}" in caption.title.text()
    assert "Add picture" in caption.steps.text()
    assert "china.jpg" in caption.steps.text() or "flower.jpg" in caption.steps.text()


def test_leafing_through_renders_only_the_last(opened: MainWindow, qtbot: QtBot) -> None:
    sharp: list[int] = []
    picture = opened.panels.picture
    qtbot.waitUntil(lambda: picture.preview.sharp, timeout=10_000)
    picture.renders.ready.connect(lambda one: sharp.append(one.wanted.branch))
    click_branch(opened, qtbot, 0)
    for _ in range(8):
        qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_Right)
    last = opened.panels.gallery.view.current_id()
    qtbot.waitUntil(lambda: picture.preview.sharp, timeout=10_000)
    assert sharp[-1] == last
    assert len(sharp) <= 3


def test_the_large_picture_leafs_and_decides(opened: MainWindow, qtbot: QtBot) -> None:
    panels = opened.panels
    click_branch(opened, qtbot, 0)
    qtbot.keyClick(panels.gallery.view, Qt.Key.Key_Return)
    assert not panels.sidebar.isVisible()
    assert not panels.gallery.isVisible()
    preview = panels.picture.preview
    qtbot.keyClick(preview, Qt.Key.Key_Right)
    second = panels.gallery.model.branch_at(1).id
    assert panels.picture.branch is not None
    assert panels.picture.branch.id == second
    qtbot.keyClick(preview, Qt.Key.Key_P)
    assert opened.session.status(second) == "pinned"
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert panels.sidebar.isVisible()
    assert panels.gallery.isVisible()


def test_votes_have_one_order(qtbot: QtBot) -> None:
    voters = MeasuresScorer().voters
    votes = Votes()
    qtbot.addWidget(votes)
    said = []
    for names in (voters, sorted(voters), [*reversed(voters), "beauty"]):
        votes.set_parts(dict.fromkeys(names, 0.5))
        said.append([one.split()[0] for one in votes.toolTip().split(", ")])
    assert said == [[*voters], [*voters], [*voters, "beauty"]]


@pytest.mark.parametrize("width", [320, 480])
def test_where_a_branch_comes_from_is_all_to_be_read(qtbot: QtBot, width: int) -> None:
    caption = Caption()
    place = QWidget()
    qtbot.addWidget(place)
    rows = QVBoxLayout(place)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(Preview(), 1)
    rows.addWidget(caption)
    for name in ("Pin", "Kill"):
        caption.add_button(QAction(name, caption))
    score = Score(value=0.5, parts=dict.fromkeys(MeasuresScorer().voters, 0.5))
    branch = Branch(
        id=10412, parent=10041, steps=(), status="killed", depth=14, round=1012, score=score
    )
    caption.show_branch(branch, history=(), sources=())
    place.resize(width, 600)
    place.show()
    qtbot.waitExposed(place)
    label = caption.origin
    assert "killed" in label.text()
    assert "1012" in label.text()
    needed = label.fontMetrics().boundingRect(
        0, 0, label.width(), 1000, Qt.TextFlag.TextWordWrap, label.text()
    )
    assert needed.width() <= label.width()
    assert needed.height() <= label.height()
    votes = caption.votes
    assert label.geometry().bottom() < votes.y()
    assert votes.height() >= votes.heightForWidth(votes.width())
    assert votes.geometry().bottom() < caption.height() - STEPS


def test_it_is_told_how_far_a_value_holds(qtbot: QtBot) -> None:
    caption = Caption()
    qtbot.addWidget(caption)
    parts, trials = {"order": 0.5}, {"order": (0.4, 0.5, 0.5, 0.5)}
    score = Score(
        value=0.5, parts=parts, percentile=83.2, fragility=0.125, hull_distance=0.4, trials=trials
    )
    caption.show_branch(Branch(id=3, parent=0, steps=(), score=score), history=(), sources=())
    said = caption.origin.text().replace("\N{NO-BREAK SPACE}", " ")
    for words in ("beats 83 %", "fragility 0.12", "0.40 outside"):
        assert words in said
    unknown = Score(value=0.5, parts=parts)
    caption.show_branch(Branch(id=4, parent=0, steps=(), score=unknown), history=(), sources=())
    assert "fragility" not in caption.origin.text()
    assert "outside" not in caption.origin.text()
