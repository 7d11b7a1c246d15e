"""Builds the app as users get it and tries it: LAYERFORGE_TEST_FROZEN=1, takes minutes."""

import contextlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layerforge.operations.registry import toolbox

ROOT = Path(__file__).parents[2]
BUILD_S = 1800
COMMAND_S = 120
WINDOW_S = 60
CLOSING_S = 20

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(
        os.environ.get("LAYERFORGE_TEST_FROZEN") != "1",
        reason="builds for minutes: set LAYERFORGE_TEST_FROZEN=1 to run it",
    ),
    pytest.mark.skipif(
        importlib.util.find_spec("PyInstaller") is None,
        reason="needs PyInstaller: pip install 'layerforge[frozen]'",
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The folder that PyInstaller makes."""
    place = tmp_path_factory.mktemp("frozen")
    command = [sys.executable, "-m", "PyInstaller", ROOT / "packaging" / "layerforge.spec"]
    places = ["--distpath", place / "dist", "--workpath", place / "work"]
    environment = {k: v for k, v in os.environ.items() if k != "LAYERFORGE_BUNDLE_TORCH"}
    done = subprocess.run(
        [*command, "--noconfirm", *places],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=BUILD_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return place / "dist" / "layerforge"


@pytest.fixture
def program(folder) -> Path:
    return folder / ("layerforge.exe" if os.name == "nt" else "layerforge")


@pytest.fixture
def home(tmp_path) -> dict[str, str]:
    """The environment of a user who has never run LayerForge, nor Python."""
    ours = ("PYTHON", "LAYERFORGE", "QT_", "XDG_", "VIRTUAL_ENV")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    place = tmp_path / "home"
    place.mkdir()
    return {**kept, "HOME": str(place), "USERPROFILE": str(place), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def run(program, home, tmp_path):
    """Runs one command of the app, far from the checkout."""

    def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            cwd=tmp_path,
            env=home,
            capture_output=True,
            encoding="utf-8",
            timeout=COMMAND_S,
            check=False,
        )

    return command


@pytest.fixture
def pictures(tmp_path) -> Path:
    """A folder of two generated pictures."""
    rng = np.random.default_rng(5)
    down, across = np.mgrid[0:240, 0:320] / 240
    plasma = np.sin(9 * across)[..., None] * np.cos(7 * down[..., None] + np.arange(3))
    blocks = rng.integers(0, 256, (6, 8, 3)).repeat(40, axis=0).repeat(40, axis=1)
    place = tmp_path / "pictures"
    place.mkdir()
    Image.fromarray(np.uint8(127.5 + 127.5 * plasma)).save(place / "plasma.png")
    Image.fromarray(np.uint8(blocks)).save(place / "blocks.jpg")
    return place


def test_help_names_the_commands(run):
    done = run("--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: layerforge")


def test_it_knows_its_version(run):
    done = run("--version")
    assert done.stdout.split() == ["layerforge", importlib.metadata.version("layerforge")]


def test_every_operation_came_along(run):
    done = run("ops", "--json")
    assert done.returncode == 0, done.stderr
    listed = {one["name"] for one in json.loads(done.stdout)}
    assert listed == set(toolbox().operations)


def test_the_doctor_finds_what_is_needed(run):
    done = run("doctor", "--json")
    report = json.loads(done.stdout)
    assert report["ok"], done.stdout
    detail = {one["name"]: one["detail"] for one in report["checks"]}
    assert "unknown" not in detail["LayerForge"]


def test_it_explores_goes_on_and_exports(run, pictures, tmp_path):
    project = tmp_path / "a.layerforge"
    done = run("explore", pictures, "--project", project, "--budget", "16", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["evaluated"], result["scorer"]) == (16, "measures")
    assert run("explore", "--project", project, "--budget", "16").returncode == 0
    exported = run("export", project, "--top", "1", "--to", tmp_path / "out", "--long-edge", "200")
    assert exported.returncode == 0, exported.stderr
    (picture,) = (tmp_path / "out").glob("*.png")
    with Image.open(picture) as image:
        assert max(image.size) == 200


def test_samples_came_along(run, tmp_path):
    project = tmp_path / "a.layerforge"
    done = run("explore", "--samples", "--project", project, "--budget", "4", "--json")
    assert done.returncode == 0, done.stderr


def test_clip_is_refused_with_one_line(run, pictures, tmp_path):
    project = tmp_path / "a.layerforge"
    done = run("explore", pictures, "--project", project, "--scorer", "clip")
    assert done.returncode == 1
    assert done.stderr.startswith("layerforge: error: CLIP needs torch")
    assert done.stderr.count("\n") == 1
    assert not project.exists()


def test_it_holds_neither_torch_nor_anyones_install_records(folder):
    names = {path.name for path in folder.rglob("*")}
    assert not names & {"torch", "torchvision", "open_clip", "scipy", "sklearn", "matplotlib"}
    assert not names & {"direct_url.json", "RECORD"}
    assert not {name for name in names if name.startswith("draw_")}


@pytest.fixture
def screen(home) -> Iterator[dict[str, str]]:
    """A virtual screen with a window manager; gives the environment that leads there."""
    for tool in ("Xvfb", "openbox", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"needs {tool}, which is not installed")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    try:
        assert number, "Xvfb did not start"
        environment = {**home, "DISPLAY": f":{number}"}
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        try:
            yield environment
        finally:
            manager.terminate()
            manager.wait(timeout=WINDOW_S)
    finally:
        server.terminate()
        server.wait(timeout=WINDOW_S)


@pytest.mark.display
def test_the_window_opens_and_closes(program, screen, tmp_path):
    def xdotool(*arguments: str) -> list[str]:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=screen,
            capture_output=True,
            text=True,
            timeout=WINDOW_S,
            check=False,
        )
        return done.stdout.split()

    with (tmp_path / "log").open("w+") as log:
        app = subprocess.Popen([program], cwd=tmp_path, env=screen, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + WINDOW_S
            shown: list[str] = []
            while not shown and app.poll() is None and time.monotonic() < deadline:
                time.sleep(0.2)
                shown = xdotool("search", "--onlyvisible", "--name", "LayerForge")
            log.seek(0)
            assert len(shown) == 1, log.read()
            for _ in range(3):  # a key may get lost while the window manager is busy
                xdotool("windowactivate", "--sync", shown[0])
                xdotool("key", "alt+F4")
                with contextlib.suppress(subprocess.TimeoutExpired):
                    app.wait(timeout=CLOSING_S)
                    break
            assert app.poll() == 0
            log.seek(0)
            assert log.read() == ""
        finally:
            app.kill()
            app.wait(timeout=WINDOW_S)
