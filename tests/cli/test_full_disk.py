"""The command line on a disk without room."""

import os
import signal
import subprocess
import sys
import time

import pytest

from layerforge.project.project import Project


@pytest.fixture
def folder(mounted, project):
    """A small disk with an explored project."""
    disk = mounted("size=2m")
    (disk / "p.layerforge").write_bytes(project.read_bytes())
    return disk


def rounds_in(path):
    with Project.open(path, read_only=True) as project:
        return project.rounds_done()


def one_line(told):
    assert told.code == 1
    (line,) = [line for line in told.err.splitlines() if not line.startswith("layerforge: judging")]
    assert line.startswith("layerforge: error: ")
    return line


def test_exploring_waits_for_room_and_ends_cleanly(folder, fill, command):
    path = folder / "p.layerforge"
    rounds = rounds_in(path)
    running = subprocess.Popen(
        [
            sys.executable, "-m", "layerforge", "explore", "--project", path, "--budget", "100000",
            "--scorer", "measures", "--json",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    while running.poll() is None and rounds_in(path) == rounds:
        time.sleep(0.05)
    fill(folder)
    line = next(line for line in running.stderr if "Exploring waits" in line)
    kept = rounds_in(path)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 0, err
    assert '"stopped": true' in out
    assert line.startswith(f"layerforge: {path} can't be written: the disk is full: about ")
    assert "Ctrl+C ends it, and all that was kept before is safe" in line
    notes = err.splitlines()
    assert notes[0].startswith("layerforge: stopping; finished rounds are kept")
    (folder / "ballast").unlink()
    told = command("explore", "--project", path, "--budget", 16, "--scorer", "measures")
    assert told.code == 0, told.err
    assert rounds_in(path) == kept + 1


def test_what_finds_no_room_says_so_in_one_line(folder, fill, command, samples):
    path = folder / "p.layerforge"
    fill(folder)
    for arguments in (
        ("pin", path, 1),
        ("explore", samples / "moth.png", "--project", path, "--scorer", "measures"),
        ("explore", samples / "moth.png", "--project", folder / "q", "--scorer", "measures"),
        ("export", path, 1, "--to", folder / "out"),
    ):
        line = one_line(command(*arguments))
        assert "the disk is full" in line, line
    assert command("show", path).code == 0
    left = sorted(one.name for one in folder.iterdir())
    assert left in (["ballast", "p.layerforge"], ["ballast", "out", "p.layerforge"])
