from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import State
from layerforge.desktop.inspector.controls.number import NumberControl
from layerforge.desktop.inspector.draft import draft_of
from layerforge.desktop.inspector.history import HistoryModel
from layerforge.desktop.inspector.layers import LayersModel
from layerforge.desktop.window import MainWindow
from layerforge.model.branch import Branch
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, click_branch, explore, wait_until_idle

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def inspected(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with the inspector open on a branch of several steps."""
    project = opened.session.project
    longest = max(project.branches(), key=lambda one: len(project.history(one.id)))
    row = opened.panels.gallery.model.row_of(longest.id)
    assert row is not None
    click_branch(opened, qtbot, row)
    qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_I)
    assert opened.studio.inspector_dock.isVisible()
    _wait_until_shown(opened, qtbot)
    return opened


def _wait_until_shown(window: MainWindow, qtbot: QtBot) -> None:
    inspector, picture = window.studio.inspector, window.panels.picture
    qtbot.waitUntil(
        lambda: (
            inspector.draft is not None
            and picture.branch is not None
            and inspector.draft.branch == picture.branch.id
        ),
        timeout=5000,
    )


def _wait_until_kept(window: MainWindow, qtbot: QtBot, *, before: int) -> Branch:
    """The branch that an edit has become."""
    inspector = window.studio.inspector
    qtbot.waitUntil(lambda: not inspector.changed and not inspector.keeper.waiting, timeout=30_000)
    branches = window.session.project.branches()
    assert len(branches) == before + 1
    assert window.panels.picture.branch is not None
    assert window.panels.picture.branch.id == branches[-1].id
    return branches[-1]


def test_models_keep_the_rules(inspected: MainWindow) -> None:
    project = inspected.session.project
    history, layers = HistoryModel(), LayersModel()
    testers = [QAbstractItemModelTester(one, FATAL, one) for one in (history, layers)]
    for branch in project.branches()[1:8]:
        steps = project.history(branch.id)
        draft = draft_of(branch.id, steps, own=len(branch.steps))
        for one in (draft, draft.switched(0, on=False), draft.moved(0, 1), draft.without(0)):
            history.show_draft(one, {})
        layers.show_layers(fold(steps, project.canvas).layers, {})
        assert layers.rowCount() == len(fold(steps, project.canvas).layers)
    assert len(testers) == 2


def test_leafing_takes_only_the_last_branch_apart(inspected: MainWindow, qtbot: QtBot) -> None:
    inspector = inspected.studio.inspector
    for row in range(5):
        inspected.panels.gallery.view.setCurrentIndex(inspected.panels.gallery.model.index(row))
        assert inspector.draft is None
    _wait_until_shown(inspected, qtbot)
    inspected.studio.inspector_dock.close()
    click_branch(inspected, qtbot, 0)
    assert inspector.draft is None
    assert not inspected.studio.edits.reroll.isEnabled()
    inspected.studio.inspector_dock.show()
    _wait_until_shown(inspected, qtbot)


def test_the_steps_are_those_of_the_branch(inspected: MainWindow) -> None:
    branch = inspected.panels.picture.branch
    assert branch is not None
    model = inspected.studio.inspector_panel.history
    history = inspected.session.project.history(branch.id)
    assert model.rowCount() == len(history)
    bold = [
        model.data(model.index(row), Qt.ItemDataRole.FontRole).bold()  # type: ignore[attr-defined]
        for row in range(len(history))
    ]
    assert bold == [row >= len(history) - len(branch.steps) for row in range(len(history))]


def _number_step(window: MainWindow) -> tuple[int, str, NumberControl]:
    """Choose a step with a number, and give its row and its control."""
    panel = window.studio.inspector_panel
    for row in reversed(range(panel.history.rowCount())):
        panel.steps.choose(row)
        for name, control in panel.form.controls.items():
            if isinstance(control, NumberControl):
                return row, name, control
    pytest.fail("no step has a number")


def test_a_slider_moved_shows_at_once_and_becomes_a_branch(
    inspected: MainWindow, qtbot: QtBot
) -> None:
    project = inspected.session.project
    old = inspected.panels.picture.branch
    assert old is not None
    before, history = project.branches(), project.history(old.id)
    row, name, control = _number_step(inspected)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageDown)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageDown)
    assert inspected.studio.inspector.changed
    assert inspected.panels.picture.subject.draft > 0
    new = _wait_until_kept(inspected, qtbot, before=len(before))
    assert project.branches()[: len(before)] == before
    changed = project.history(new.id)
    assert len(changed) == len(history)
    assert [at for at in range(len(history)) if changed[at] != history[at]] == [row]
    shown = control.field.value()
    assert changed[row].operation.parameters[name] == pytest.approx(shown, rel=0.02, abs=0.01)
    assert new.score is not None
    assert inspected.panels.gallery.model.row_of(new.id) is not None
    assert inspected.studio.inspector_panel.form.controls[name] is control  # still held


def test_undo_goes_back_and_redo_forth(inspected: MainWindow, qtbot: QtBot) -> None:
    old = inspected.panels.picture.branch
    assert old is not None
    before = len(inspected.session.project.branches())
    _, _, control = _number_step(inspected)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    new = _wait_until_kept(inspected, qtbot, before=before)
    view = inspected.panels.gallery.view
    control_key = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Z, control_key)
    assert inspected.session.status(new.id) == "killed"
    assert inspected.panels.picture.branch is not None
    assert inspected.panels.picture.branch.id == old.id
    qtbot.keyClick(view, Qt.Key.Key_Z, control_key | Qt.KeyboardModifier.ShiftModifier)
    assert inspected.session.status(new.id) == "open"
    assert inspected.panels.picture.branch.id == new.id


def test_a_step_switched_off_can_be_switched_on_again(inspected: MainWindow, qtbot: QtBot) -> None:
    project = inspected.session.project
    old = inspected.panels.picture.branch
    assert old is not None
    history = project.history(old.id)
    before = len(project.branches())
    panel = inspected.studio.inspector_panel
    panel.steps.choose(len(history) - 1)
    qtbot.keyClick(panel.steps, Qt.Key.Key_X)
    inspected.studio.inspector.keep_now()
    inspector = inspected.studio.inspector
    qtbot.waitUntil(lambda: not inspector.keeper.waiting, timeout=30_000)
    _wait_until_shown(inspected, qtbot)
    branch = inspected.panels.picture.branch
    assert branch is not None
    assert project.history(branch.id) == history[:-1]
    assert panel.history.rowCount() == len(history)  # it is still there, off
    after = len(project.branches())
    assert after - before in (0, 1)
    panel.steps.choose(len(history) - 1)
    qtbot.keyClick(panel.steps, Qt.Key.Key_X)
    inspector.keep_now()
    qtbot.waitUntil(lambda: not inspector.keeper.waiting, timeout=30_000)
    assert inspected.panels.picture.branch is not None
    assert inspected.panels.picture.branch.id == old.id  # it was there already
    assert len(project.branches()) == after


def test_layers_are_hidden_faded_joined_and_moved(inspected: MainWindow, qtbot: QtBot) -> None:
    project, studio = inspected.session.project, inspected.studio
    two = next(
        one
        for one in reversed(project.branches()[1:])
        if len(fold(project.history(one.id), project.canvas).layers) >= 2
    )
    inspected.choosing.show(two.id)
    _wait_until_shown(inspected, qtbot)
    before = fold(project.history(two.id), project.canvas)
    count = len(project.branches())
    panel = studio.inspector_panel
    qtbot.mouseClick(panel.segments[1], Qt.MouseButton.LeftButton)
    top = before.layers[-1]
    panel.layers.choose(0)
    assert panel.layer_model.layer_at(0).id == top.id
    panel.opacity.changed.emit(0.4)
    panel.blend.changed.emit("screen")
    qtbot.keyClick(panel.layers, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert panel.layer_model.row_of(top.id) == 1
    new = _wait_until_kept(inspected, qtbot, before=count)
    assert new.parent == two.id
    after = fold(project.history(new.id), project.canvas)
    layer = after.layer(top.id)
    assert (layer.opacity, layer.blend) == (0.4, "screen")
    assert after.index(top.id) == len(before.layers) - 2
    row = panel.layer_model.row_of(top.id)
    index = panel.layer_model.index(row)
    panel.layer_model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    hidden = _wait_until_kept(inspected, qtbot, before=count + 1)
    assert not fold(project.history(hidden.id), project.canvas).layer(top.id).visible


def test_what_can_not_be_is_said_and_left(inspected: MainWindow, qtbot: QtBot) -> None:
    panel = inspected.studio.inspector_panel
    branches = inspected.session.project.branches()
    for row in range(panel.history.rowCount()):
        panel.history.setData(
            panel.history.index(row), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
        )
    qtbot.waitUntil(lambda: "can't be" in banner_texts(inspected), timeout=2000)
    inspected.studio.inspector.keep_now()
    keeper = inspected.studio.inspector.keeper
    qtbot.waitUntil(lambda: not keeper.waiting, timeout=30_000)
    assert inspected.session.project.branches()[: len(branches)] == branches


def test_rows_are_dragged_within_their_list_only(inspected: MainWindow) -> None:
    model = inspected.studio.inspector_panel.history
    moves: list[tuple[int, int]] = []
    model.move_wanted.disconnect()
    model.move_wanted.connect(lambda row, to: moves.append((row, to)))
    data = model.mimeData([model.index(0)])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(data, move, 2, 0, QModelIndex())
    assert not model.dropMimeData(data, move, -1, -1, model.index(1))
    assert not model.dropMimeData(QMimeData(), move, 0, 0, QModelIndex())
    assert moves == [(0, 1), (0, 1)]


def test_an_edit_while_exploring_waits_for_its_turn(inspected: MainWindow, qtbot: QtBot) -> None:
    explore(inspected, qtbot, 400)
    bridge = inspected.session.exploration.bridge
    with qtbot.waitSignal(bridge.round_done, timeout=60_000):
        pass
    inspector = inspected.studio.inspector
    _, _, control = _number_step(inspected)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageDown)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageDown)
    inspector.keep_now()
    with qtbot.waitSignal(inspector.keeper.kept, timeout=60_000) as kept:
        pass
    new = kept.args[1].branch
    qtbot.waitUntil(
        lambda: inspected.session.exploration.state is State.RUNNING, timeout=30_000
    )  # it went on
    with qtbot.waitSignal(bridge.round_done, timeout=60_000):
        pass
    inspected.session.exploration.stop()
    wait_until_idle(inspected, qtbot)
    ids = [one.id for one in inspected.session.project.branches()]
    assert len(set(ids)) == len(ids)
    assert new.id in ids


def test_saving_under_a_name_waits_for_the_edit(
    inspected: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = len(inspected.session.project.branches())
    explore(inspected, qtbot, 100_000)
    bridge = inspected.session.exploration.bridge
    _, _, control = _number_step(inspected)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    inspected.studio.inspector.keep_now()
    with qtbot.waitSignal(inspected.session.opened, timeout=60_000):
        inspected.session.save_as(tmp_path / "copy")
    project = inspected.session.project
    assert project.path.name == "copy.layerforge"
    assert len(project.branches()) > before  # the edit is in the copy
    assert project.decisions()[-1].kind == "edit"
    with qtbot.waitSignal(bridge.round_done, timeout=60_000):
        pass  # it goes on in the copy


def test_closing_keeps_the_last_change(inspected: MainWindow, explored: Path, qtbot: QtBot) -> None:
    before = len(inspected.session.project.branches())
    _, _, control = _number_step(inspected)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(control.slider, Qt.Key.Key_PageUp)
    inspected.close()
    qtbot.waitUntil(lambda: not inspected.isVisible(), timeout=30_000)
    with Project.open(explored, read_only=True) as project:
        assert len(project.branches()) == before + 1


def test_the_dock_is_where_it_was(
    inspected: MainWindow, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    inspected.close()
    again = make_window()
    assert again.studio.inspector_dock.isVisible()
    again.studio.inspector_dock.toggleViewAction().trigger()
    again.close()
    assert not make_window().studio.inspector_dock.isVisible()
