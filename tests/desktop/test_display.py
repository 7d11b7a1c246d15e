"""The real command on a virtual screen."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layerforge.project.project import Project

pytestmark = pytest.mark.display

SCREEN = (1366, 768)
LEEWAY_S = 10.0
"""For the interpreter's own end, on a busy machine."""


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen of its own; gives its name, such as ``:99``."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    if shutil.which("import") is None or shutil.which("xwininfo") is None:
        pytest.skip("ImageMagick's import and xwininfo are not installed")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "x".join(map(str, (*SCREEN, 24)))]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        assert select.select([reader], [], [], 15)[0], "Xvfb did not start"
        yield f":{os.read(reader, 16).decode().strip()}"
    finally:
        os.close(reader)
        server.terminate()
        server.wait(10)


def _run(display: str, *command: str) -> str:
    done = subprocess.run(
        command,
        env={**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _titles(display: str) -> str:
    return _run(display, "xwininfo", "-root", "-tree")


def _screenshot(display: str, path: Path) -> np.ndarray:
    _run(display, "import", "-window", "root", str(path))
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _wait_for(
    what: str,
    found: Callable[[], bool],
    *,
    app: subprocess.Popen[str] | None = None,
    timeout_s: float = 60.0,
) -> None:
    end = time.monotonic() + timeout_s
    while not found():
        if app is not None and app.poll() is not None:
            out, error = app.communicate()
            pytest.fail(f"before {what} came, it ended with {app.returncode}: {out}{error}")
        assert time.monotonic() < end, f"{what} never came"
        time.sleep(0.1)


def _open(display: str, project: Path, picture: Path) -> subprocess.Popen[str]:
    """Run the command and wait until its window shows pictures."""
    app = subprocess.Popen(
        [sys.executable, "-m", "layerforge", "gui", str(project)],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        title = f'"{project.stem} – LayerForge"'
        _wait_for("the window", lambda: title in _titles(display), app=app)

        def drawn() -> bool:
            shot = _screenshot(display, picture)
            assert shot.shape == (SCREEN[1], SCREEN[0], 3)
            return len(np.unique(shot.reshape(-1, 3), axis=0)) > 5000

        _wait_for("the gallery", drawn, app=app)
    except BaseException:
        app.kill()
        app.communicate()
        raise
    return app


def _assert_ends(app: subprocess.Popen[str]) -> None:
    try:
        out, error = app.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        app.kill()
        app.communicate()
        raise
    assert (app.returncode, out, error) == (0, "", "")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_the_command_opens_a_window_and_ends_on_signals(
    screen: str, explored: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    app = _open(screen, explored, tmp_path / "screen.png")
    app.send_signal(ending)
    _assert_ends(app)


def test_closing_by_key_while_exploring(screen: str, explored: Path, tmp_path: Path) -> None:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed")
    app = _open(screen, explored, tmp_path / "screen.png")
    name = f"{explored.stem} – LayerForge"
    ours = _run(screen, "xdotool", "search", "--onlyvisible", "--name", name).split()[-1]
    _run(screen, "xdotool", "windowfocus", ours)
    _run(screen, "xdotool", "key", "alt+x")  # Explore ▸ Explore
    time.sleep(0.5)
    _run(screen, "xdotool", "key", "e")

    def kept() -> int:
        with Project.open(explored, read_only=True) as project:
            return project.rounds_done()

    before = kept()
    _wait_for("a round", lambda: kept() > before)
    began = time.monotonic()
    _run(screen, "xdotool", "key", "ctrl+q")
    _assert_ends(app)
    assert time.monotonic() - began < 2.0 + LEEWAY_S
    with Project.open(explored) as project:
        assert not project.read_only
        assert project.rounds_done() > before
