from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import State
from layerforge.desktop.inspector.credits import CREDIT, Bars, bars_of
from layerforge.desktop.window import MainWindow
from layerforge.explore.crediting import StepCredit, credit
from layerforge.explore.editing import keep_edit
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import Branch
from layerforge.model.step import Step
from layerforge.operations.blending import Opacity
from layerforge.operations.fold import fold
from layerforge.operations.registry import build
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, explore

LEFT = Qt.MouseButton.LeftButton
TIMEOUT_MS = 60_000


def inspect(window: MainWindow, qtbot: QtBot, branch: Branch) -> None:
    window.studio.inspector_dock.show()
    window.choosing.show(branch.id)
    inspector = window.studio.inspector
    qtbot.waitUntil(
        lambda: inspector.draft is not None and inspector.draft.branch == branch.id, timeout=5000
    )


@pytest.fixture
def child(opened: MainWindow, qtbot: QtBot) -> Branch:
    """A branch whose parent is none but the blank canvas's child, shown in the inspector."""
    branches = {one.id: one for one in opened.session.project.branches()}
    child = max(
        (one for one in branches.values() if one.depth > 1),
        key=lambda one: len(opened.session.project.history(one.id)),
    )
    inspect(opened, qtbot, child)
    return child


def press(window: MainWindow, qtbot: QtBot, text: str) -> None:
    buttons = window.studio.inspector_panel.findChildren(QToolButton)
    button = next(one for one in buttons if one.isVisible() and one.accessibleName() == text)
    qtbot.mouseClick(button, LEFT)


def wait_until_over(window: MainWindow, qtbot: QtBot) -> None:
    assert window.studio.inspector.tasks.busy
    assert window.studio.inspector_panel.task.isVisible()
    qtbot.waitUntil(lambda: not window.studio.inspector.tasks.busy, timeout=TIMEOUT_MS)
    assert not window.studio.inspector_panel.task.isVisible()


def test_bars_are_as_long_as_their_share_of_the_largest() -> None:
    steps = (
        StepCredit(1, "a", 0.5, -0.02, 0.4),
        StepCredit(2, "b", -1.0, 0.01, 0.4),
        StepCredit(3, "c", None, None, None, 4),
    )
    bars = [(bar.value, bar.novelty) for bar in bars_of(steps)]
    assert bars == [(0.5, -1.0), (-1.0, 0.5), (0.0, 0.0)]


def test_steps_are_weighed_on_demand(opened: MainWindow, child: Branch, qtbot: QtBot) -> None:
    panel, project = opened.studio.inspector_panel, opened.session.project
    heard: list[tuple[int, int]] = []
    opened.studio.inspector.tasks.progressed.connect(lambda done, of: heard.append((done, of)))
    before = len(project.branches())
    plain = panel.steps.sizeHintForRow(0)
    press(opened, qtbot, "Weigh the steps")
    wait_until_over(opened, qtbot)
    with JudgingRoom(project) as room:
        truth = credit(room, child.id)
    shown = [panel.history.index(row).data(CREDIT) for row in range(panel.history.rowCount())]
    assert [bar.credit for bar in shown if isinstance(bar, Bars)] == truth
    assert heard[-1][0] == heard[-1][1] > 1
    assert len(project.branches()) == before
    assert panel.steps.sizeHintForRow(0) > plain
    first = next(one for one in truth if one.value is not None)
    said = panel.history.index(first.number - 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"value {first.value:+.2f}" in str(said)
    panel.steps.choose(first.number - 1)
    qtbot.keyClick(panel.steps, Qt.Key.Key_X)  # a change: the credit is another's
    assert panel.history.index(0).data(CREDIT) is None


def test_simplifying_makes_a_branch_that_can_be_undone(
    opened: MainWindow, child: Branch, qtbot: QtBot
) -> None:
    project = opened.session.project
    before = project.branches()
    press(opened, qtbot, "Simplify")
    wait_until_over(opened, qtbot)
    after = project.branches()
    if len(after) == len(before):
        assert f"Every step of #{child.id} contributes" in banner_texts(opened)
        return
    new = after[-1]
    assert len(project.history(new.id)) < len(project.history(child.id))
    assert opened.panels.picture.branch is not None
    assert opened.panels.picture.branch.id == new.id
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened.session.status(new.id) == "killed"
    assert opened.panels.picture.branch.id == child.id


def test_polishing_is_cancelled_and_exploring_goes_on(
    opened: MainWindow, child: Branch, qtbot: QtBot
) -> None:
    explore(opened, qtbot, 3000)
    qtbot.waitUntil(lambda: opened.session.exploration.state is State.RUNNING, timeout=10_000)
    tasks, row = opened.studio.inspector.tasks, opened.studio.inspector_panel.task
    press(opened, qtbot, "Polish")
    with qtbot.waitSignal(tasks.progressed, timeout=TIMEOUT_MS):
        pass
    edits = [one for one in opened.session.project.decisions() if one.kind == "edit"]
    qtbot.mouseClick(row.stop, LEFT)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=TIMEOUT_MS)
    assert [one for one in opened.session.project.decisions() if one.kind == "edit"] == edits
    qtbot.waitUntil(lambda: opened.session.exploration.state is State.RUNNING, timeout=10_000)
    opened.session.exploration.stop()
    qtbot.waitUntil(lambda: opened.session.exploration.state is State.IDLE, timeout=30_000)


def _switch_off(window: MainWindow, qtbot: QtBot, row: int) -> None:
    panel = window.studio.inspector_panel
    panel.steps.choose(row)
    qtbot.keyClick(panel.steps, Qt.Key.Key_X)


def _row_to_lose(window: MainWindow, child: Branch) -> int:
    """A step of the parent without which the child can still be made."""
    project = window.session.project
    history = project.history(child.id)
    inherited = len(history) - len(child.steps)
    for row in reversed(range(inherited)):
        names = build(history[row].operation).family()
        if names not in ("layout",) and "layer" not in history[row].operation.name:
            return row
    pytest.skip("the parent's steps are all needed")


def test_a_change_to_an_ancestor_is_for_all_that_grew_from_it(
    opened: MainWindow, child: Branch, qtbot: QtBot
) -> None:
    project, panel = opened.session.project, opened.studio.inspector_panel
    before = project.branches()
    parent = next(one for one in before if one.id == child.parent)
    family = {parent.id} | {one.id for one in before if one.parent == parent.id}
    _switch_off(opened, qtbot, _row_to_lose(opened, child))
    assert panel.choice.isVisible()
    assert f"#{parent.id}" in panel.choice.label.text()
    qtbot.wait(1200)  # longer than any other change is waited with
    assert len(project.branches()) == len(before)
    qtbot.mouseClick(panel.choice.all, LEFT)
    wait_until_over(opened, qtbot)
    new = project.branches()[len(before) :]
    assert len(new) == len(family) or "left" in banner_texts(opened)
    assert project.branches()[: len(before)] == before
    shown = opened.panels.picture.branch
    assert shown is not None
    assert shown.id in {one.id for one in new}
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {opened.session.status(one.id) for one in new} == {"killed"}


def test_a_change_to_an_ancestor_may_be_for_this_branch_alone(
    opened: MainWindow, child: Branch, qtbot: QtBot
) -> None:
    project, panel = opened.session.project, opened.studio.inspector_panel
    before = project.branches()
    _switch_off(opened, qtbot, _row_to_lose(opened, child))
    qtbot.mouseClick(panel.choice.alone, LEFT)
    inspector = opened.studio.inspector
    qtbot.waitUntil(lambda: not inspector.keeper.waiting, timeout=TIMEOUT_MS)
    assert len(project.branches()) == len(before) + 1
    assert not panel.choice.isVisible()


@pytest.fixture
def family(explored: Path) -> tuple[Branch, Branch]:
    """Two branches that grew from one that adds a layer; only the second works on that layer."""
    with Project.open(explored) as project:
        first = next(one for one in project.branches() if one.depth == 1)
        history = project.history(first.id)
        added = next(one for one in history if one.operation.name == "layout.add_picture")
        layers = [layer.id for layer in fold(history, project.canvas).layers]
        parameters = {**added.operation.parameters, "layer": "more"}
        more = replace(added, operation=replace(added.operation, parameters=parameters))
        top = keep_edit(project, first.id, (*history, more)).branch
        whole = project.history(top.id)
        fainter = Step(operation=Opacity(opacity=0.6).call(), target=layers[0])
        on_more = Step(operation=Opacity(opacity=0.7).call(), target="more")
        one = keep_edit(project, top.id, (*whole, fainter)).branch
        other = keep_edit(project, top.id, (*whole, on_more, fainter)).branch
        assert one.parent == other.parent == top.id
    return one, other


def test_steps_that_no_longer_apply_are_named(
    family: tuple[Branch, Branch], opened: MainWindow, qtbot: QtBot
) -> None:
    one, other = family
    project, panel = opened.session.project, opened.studio.inspector_panel
    before = len(project.branches())
    inspect(opened, qtbot, one)
    _switch_off(opened, qtbot, len(project.history(one.id)) - 2)
    assert panel.choice.isVisible()
    assert f"#{one.parent} and the 2 branches" in panel.choice.all.text()
    qtbot.mouseClick(panel.choice.all, LEFT)
    wait_until_over(opened, qtbot)
    banner = next(one for one in opened.panels.banners.banners() if "stand for" in one.label.text())
    assert "One step no longer applies" in banner.label.text()
    assert any(f"step 1 of #{other.id}" in line for line in banner.message.details)
    new = project.branches()[before:]
    assert [branch.steps for branch in new] == [one.steps] * 2
