"""The real command on a virtual screen."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.display

SCREEN = (1366, 768)


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


def _wait_for(what: str, found: object, timeout_s: float = 20.0) -> None:
    end = time.monotonic() + timeout_s
    while not found():  # type: ignore[operator]
        assert time.monotonic() < end, f"{what} never came"
        time.sleep(0.1)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_the_command_opens_a_window_and_ends_cleanly(
    screen: str, explored: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    env = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    app = subprocess.Popen(
        [sys.executable, "-m", "layerforge", "gui", str(explored)],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        title = f'"{explored.stem} – LayerForge"'
        _wait_for("the window", lambda: title in _titles(screen))
        picture = _screenshot(screen, tmp_path / "screen.png")
        assert picture.shape == (SCREEN[1], SCREEN[0], 3)

        def drawn() -> bool:
            shot = _screenshot(screen, tmp_path / "screen.png")
            return len(np.unique(shot.reshape(-1, 3), axis=0)) > 5000

        _wait_for("the gallery", drawn)
        began = time.monotonic()
        app.send_signal(ending)
        out, error = app.communicate(timeout=10)
        assert time.monotonic() - began < 4.0
        assert app.returncode == 0
        assert (out, error) == ("", "")
    finally:
        if app.poll() is None:
            app.kill()
            app.communicate()
