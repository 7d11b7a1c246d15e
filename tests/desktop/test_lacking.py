"""Projects with branches that need what is not installed."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from layerforge.desktop.exports.wish import Wish
from layerforge.desktop.window import MainWindow
from layerforge.operations import registry
from tests.desktop.driving import banner_texts, click_branch

PIP = 'pip install "layerforge[gmic]"'


@pytest.fixture
def no_gmic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "gmic", None)
    registry.toolbox.cache_clear()
    yield
    monkeypatch.undo()
    registry.toolbox.cache_clear()


@pytest.fixture
def strange(explored: Path) -> Path:
    """A project in which every branch below the root has a step of G'MIC's."""
    step = {"operation": {"name": "gmic.glow", "parameters": {"radius": 0.02}}, "target": None}
    with sqlite3.connect(explored) as database:
        rows = database.execute("SELECT id, steps FROM branches WHERE parent = 0").fetchall()
        for branch, steps in rows[: len(rows) // 2]:
            changed = json.dumps([*json.loads(steps), step])
            database.execute("UPDATE branches SET steps = ? WHERE id = ?", (changed, branch))
    database.close()
    return explored


def open_in(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(path)
    qtbot.waitUntil(lambda: window.panels.gallery.model.rowCount() > 12, timeout=5000)
    qtbot.waitUntil(lambda: not window.choosing.different.busy, timeout=10_000)


def row_of(window: MainWindow, *, lacking: bool) -> int:
    model = window.panels.gallery.model
    for row in range(model.rowCount()):
        history = window.session.project.history(model.branch_at(row).id)
        if lacking == any(step.operation.name == "gmic.glow" for step in history):
            return row
    raise AssertionError


def test_they_are_shown_and_what_they_need_is_said(
    no_gmic: None, window: MainWindow, strange: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_in(window, strange, qtbot)
    text = banner_texts(window)
    assert "gmic.glow" in text
    assert PIP in text

    preview = window.panels.picture.preview
    lost = click_branch(window, qtbot, row_of(window, lacking=True))
    qtbot.waitUntil(lambda: "could not be rendered" in banner_texts(window), timeout=10_000)
    (line,) = [one for one in banner_texts(window).splitlines() if "could not" in one]
    assert "gmic.glow" in line
    assert "step" in line
    assert PIP in line
    assert not preview.sharp
    assert "gmic.glow" in window.panels.picture.caption.steps.text()

    fine = click_branch(window, qtbot, row_of(window, lacking=False))
    qtbot.waitUntil(lambda: preview.sharp, timeout=10_000)

    wish = Wish(long_edge_px=120)
    with qtbot.waitSignal(window.exports.exporter.done, timeout=30_000):
        window.exports.start(window.session.project, (lost, fine), tmp_path / "out", wish)
    assert len(list((tmp_path / "out").glob("*.png"))) == 1
    assert f"Left out: branch {lost}" in banner_texts(window)
    with qtbot.waitSignal(window.exports.exporter.failed, timeout=30_000):
        window.exports.start(window.session.project, (lost,), tmp_path / "none", wish)
    assert not (tmp_path / "none").exists()


def test_nothing_is_said_where_nothing_lacks(opened: MainWindow) -> None:
    assert "not installed" not in banner_texts(opened)
