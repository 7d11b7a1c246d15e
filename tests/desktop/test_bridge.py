from __future__ import annotations

import sys
import time
from types import TracebackType

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from layerforge.desktop.bridge import Background, ExplorerBridge, JobEnded, Tell
from layerforge.explore.events import Failed, Note
from layerforge.explore.jobs import BackgroundJob, Control
from layerforge.model.errors import LayerForgeError


def test_events_arrive_in_the_windows_thread(qtbot: QtBot) -> None:
    bridge = ExplorerBridge()
    heard: list[tuple[str, bool]] = []
    here = QThread.currentThread()
    bridge.noted.connect(lambda text: heard.append((text, QThread.currentThread() is here)))

    def work(control: Control, listener: object) -> None:
        bridge.tell(Note("hello"))
        bridge.tell(JobEnded())

    with qtbot.waitSignal(bridge.job_ended, timeout=2000):
        BackgroundJob(work, listener=bridge.tell).start()
    assert heard == [("hello", True)]


def test_a_closed_bridge_says_nothing(qtbot: QtBot) -> None:
    bridge = ExplorerBridge()
    heard: list[str] = []
    bridge.failed.connect(heard.append)
    bridge.tell(Failed("on its way"))
    bridge.close()
    bridge.tell(Failed("too late"))
    qtbot.wait(50)
    assert heard == []


def test_work_comes_back_in_order_with_progress(qtbot: QtBot) -> None:
    background = Background()
    results: list[object] = []
    steps: list[object] = []

    def work(tell: Tell, number: int) -> int:
        tell(number)
        return number * number

    for number in range(5):
        background.submit(
            lambda tell, number=number: work(tell, number),
            then=results.append,
            otherwise=results.append,
            progress=steps.append,
        )
    qtbot.waitUntil(lambda: len(results) == 5, timeout=2000)
    assert results == [0, 1, 4, 9, 16]
    assert steps == [0, 1, 2, 3, 4]
    assert not background.busy
    assert background.close(timeout_s=1.0)


def test_expected_errors_are_one_line(qtbot: QtBot) -> None:
    background = Background()
    lines: list[str] = []

    def work(tell: Tell) -> None:
        raise LayerForgeError("no such\n thing")

    background.submit(work, then=lambda _none: None, otherwise=lines.append)
    qtbot.waitUntil(lambda: bool(lines), timeout=2000)
    assert lines == ["no such thing"]
    assert background.close(timeout_s=1.0)


def test_unexpected_errors_reach_the_exception_hook(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = Background()
    lines: list[str] = []
    hooked: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        hooked.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)

    def work(tell: Tell) -> None:
        raise ZeroDivisionError("oops")

    background.submit(work, then=lambda _none: None, otherwise=lines.append)
    qtbot.waitUntil(lambda: bool(hooked), timeout=2000)
    assert isinstance(hooked[0], ZeroDivisionError)
    assert "ZeroDivisionError: oops" in lines[0]
    assert background.close(timeout_s=1.0)


def test_closing_waits_only_so_long(qtbot: QtBot) -> None:
    background = Background()
    results: list[object] = []
    background.submit(lambda _tell: time.sleep(0.6), then=results.append, otherwise=results.append)
    qtbot.wait(50)
    began = time.monotonic()
    assert not background.close(timeout_s=0.1)
    assert time.monotonic() - began < 5.0
    time.sleep(0.7)
    background.submit(lambda _tell: 1, then=results.append, otherwise=results.append)
    qtbot.wait(20)
    assert results == []
