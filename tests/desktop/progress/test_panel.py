from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import Exploration
from layerforge.desktop.progress.panel import ProgressPanel
from layerforge.desktop.progress.reasons import Reasons, plain_words
from layerforge.desktop.window import MainWindow
from layerforge.explore.learned import operation_credits
from layerforge.search.gate import REASONS
from tests.desktop.driving import explore, wait_until_idle


def test_every_reason_has_plain_words() -> None:
    assert plain_words().keys() == REASONS.keys()


def test_reasons_are_named_for_who_can_not_see_them(qtbot: QtBot) -> None:
    reasons = Reasons()
    qtbot.addWidget(reasons)
    reasons.show_counts({"noise": 3, "below_gate": 12, "blank": 0})
    assert "Not good enough: 12" in reasons.accessibleName()
    assert "Nothing but noise: 3" in reasons.toolTip()
    assert "Empty" not in reasons.toolTip()


def test_exploring_is_followed_to_its_end(opened: MainWindow, qtbot: QtBot) -> None:
    panel = opened.studio.progress
    assert panel.curve is None  # nobody waits for plots that are not seen
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_P, shift)
    assert opened.studio.progress_dock.isVisible()
    assert panel.curve is not None
    assert panel.state.text() == "Not exploring yet"
    explore(opened, qtbot, 48)
    wait_until_idle(opened, qtbot)
    assert panel.state.text() == "Done"
    assert panel.numbers["tried"].text() == "48 / 48"
    assert panel.bar.value() == 48
    assert panel.numbers["scorer"].text() == "measures on CPU"
    assert panel.numbers["left"].text() == "–"
    run = opened.session.project.runs()[-1]
    kept = [one for one in opened.session.project.branches() if one.run == run.id]
    assert panel.numbers["kept"].text().startswith(f"{len(kept)} ")
    away = sum(panel.record.rejected.values())
    assert away + len(kept) == 48
    best = max(one.value or -9.0 for one in opened.session.project.branches())
    assert panel.numbers["best"].text() == f"{best:.3f}"
    xs, ys = panel.curve._best.getData()
    assert xs[-1] == 48
    assert list(ys) == sorted(ys)
    assert f"{best:.3f}" in panel.curve.accessibleName()


def test_it_lies_as_its_dock_does(qtbot: QtBot) -> None:
    panel = ProgressPanel(Exploration())
    qtbot.addWidget(panel)
    panel.show()
    for size, direction in (
        ((900, 220), QBoxLayout.Direction.LeftToRight),
        ((320, 700), QBoxLayout.Direction.TopToBottom),
    ):
        panel.resize(*size)
        qtbot.waitUntil(lambda size=size: panel.width() >= size[0])
        layout = panel.layout()
        assert isinstance(layout, QBoxLayout)
        assert layout.direction() == direction


def test_what_pays_is_what_the_project_learned(opened: MainWindow, qtbot: QtBot) -> None:
    panel = opened.studio.progress
    opened.studio.progress_dock.toggleViewAction().trigger()
    assert panel.pays.credits == ()
    bar = opened.panels.explore_bar
    bar.advanced.strategy.setCurrentIndex(bar.advanced.strategy.findData("beam"))
    explore(opened, qtbot, 32)
    wait_until_idle(opened, qtbot)
    assert panel.pays.credits == ()  # nobody looked
    qtbot.mouseClick(panel.tabs.button(1), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.pays.credits), timeout=10_000)
    known = operation_credits(opened.session.project)
    assert list(panel.pays.credits) == known
    assert f"{known[0].mean:.2f}" in panel.pays.accessibleName()
    branch = next(one for one in opened.session.project.branches() if one.id and one.steps)
    used = branch.steps[-1].operation.name
    before = {one.operation: one.mean for one in panel.pays.credits}.get(used, 0.0)
    opened.session.decide("pin", [branch.id])
    qtbot.waitUntil(
        lambda: {one.operation: one.mean for one in panel.pays.credits}.get(used, 0.0) > before,
        timeout=10_000,
    )
